package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.server.DebianPackage;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Caddy's file server over plain HTTP/1.1, without its administration port.
final class CaddyConfiguration {
  static final DebianPackage PACKAGE = new DebianPackage("caddy", "usr/bin/caddy");

  private CaddyConfiguration() {}

  /// Writes it, and makes the command line.
  static List<String> command(Site site) throws IOException {
    Path scratch = site.scratch().toAbsolutePath();
    Path file = scratch.resolve("Caddyfile");
    String text =
        """
        {
          admin off
          auto_https off
          servers {
            protocols h1
          }
        }
        http://:%s {
          bind 127.0.0.1
          root * "%s"
          file_server
        }
        """
            .formatted(site.port(), site.folder().toAbsolutePath());
    Files.writeString(file, text);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "XDG_DATA_HOME=" + scratch, "XDG_CONFIG_HOME=" + scratch));
    command.addAll(PACKAGE.command("run", "--adapter", "caddyfile", "--config", file.toString()));
    return command;
  }
}
