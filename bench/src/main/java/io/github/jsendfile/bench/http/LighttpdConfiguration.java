package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.server.DebianPackage;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// lighttpd as its page on performance advises: with its defaults, which are sendfile and epoll.
final class LighttpdConfiguration {
  static final DebianPackage PACKAGE = new DebianPackage("lighttpd", "usr/sbin/lighttpd");

  private LighttpdConfiguration() {}

  /// Writes it, and makes the command line.
  static List<String> command(Site site) throws IOException {
    Path scratch = site.scratch().toAbsolutePath();
    Path file = scratch.resolve("lighttpd.conf");
    String text =
        """
        server.bind = "127.0.0.1"
        server.port = %s
        server.document-root = "%s"
        server.errorlog = "%s"
        server.max-fds = 20000
        server.max-connections = 15000
        server.listen-backlog = 10000
        server.max-keep-alive-requests = 1000000000
        mimetype.assign = ( "" => "application/octet-stream" )
        """
            .formatted(site.port(), site.folder().toAbsolutePath(), scratch.resolve("error.log"));
    Files.writeString(file, text);
    Path modules = PACKAGE.path().orElseThrow().resolveSibling("../lib/lighttpd");
    return PACKAGE.command("-D", "-m", modules.toString(), "-f", file.toString());
  }
}
