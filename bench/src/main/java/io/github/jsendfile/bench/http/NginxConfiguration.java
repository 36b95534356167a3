package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.server.DebianPackage;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx as an administrator sets it up for files.
final class NginxConfiguration {
  static final DebianPackage PACKAGE = new DebianPackage("nginx-light", "usr/sbin/nginx");

  private static final String TEXT =
      """
      %s
      daemon off;
      worker_processes %s;
      pid %s/pid;
      error_log %2$s/error.log;
      events { worker_connections 20000; }
      http {
        access_log off;
        sendfile on;
        tcp_nopush on;
        keepalive_requests 1000000000;
        keepalive_timeout 1h;
        send_timeout 1h;
        %s
        client_body_temp_path %2$s/body;
        proxy_temp_path %2$s/proxy;
        fastcgi_temp_path %2$s/fastcgi;
        uwsgi_temp_path %2$s/uwsgi;
        scgi_temp_path %2$s/scgi;
        types { text/plain txt; }
        default_type application/octet-stream;
        server {
          listen 127.0.0.1:%s backlog=10000;
          root %s;
          autoindex on;
        }
      }
      """;

  private NginxConfiguration() {}

  /// Writes it, and makes the command line.
  ///
  /// @param caching a directive about open files, or nothing
  static List<String> command(Site site, String caching) throws IOException {
    Path scratch = site.scratch().toAbsolutePath();
    Path file = scratch.resolve("nginx.conf");
    boolean isRoot = System.getProperty("user.name").equals("root");
    String text =
        TEXT.replace("%2$s", scratch.toString())
            .formatted(
                isRoot ? "user root;" : "",
                site.placement() == Placement.ANYWHERE ? "auto" : "1",
                scratch,
                caching,
                site.port(),
                site.folder().toAbsolutePath());
    Files.writeString(file, text);
    String log = scratch.resolve("error.log").toString();
    return PACKAGE.command("-e", log, "-c", file.toString());
  }
}
