package io.github.jsendfile.bench.http.peers;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.staticcontent.FileSystemHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import java.nio.file.Path;

/// Helidon's static content: virtual threads, and a memory cache of 50 MB for small files.
public final class HelidonPeer {
  private HelidonPeer() {}

  /// Serves until it is ended.
  ///
  /// @param arguments folder, port, scratch folder
  public static void main(String[] arguments) {
    FileSystemHandlerConfig files =
        FileSystemHandlerConfig.builder().location(Path.of(arguments[0])).build();
    WebServer.builder()
        .host("127.0.0.1")
        .port(Integer.parseInt(arguments[1]))
        .addFeature(StaticContentFeature.builder().addPath(files).build())
        .build()
        .start();
  }
}
