package io.github.jsendfile.http.example;

import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.server.files.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The example of docs/embedding.md: a file server in a program that has a web server already.
final class FilesBesideTheProgram implements AutoCloseable {
  // README: from here
  private final FileTree files;
  private final HttpFileServer server;

  FilesBesideTheProgram(Path directory) throws IOException {
    files = FileTree.of(directory);
    server =
        HttpFileServer.builder(files)
            .port(8081) // loopback; the proxy sends /downloads/ here
            .stallTimeout(Duration.ofSeconds(30))
            .maxConnections(2_000)
            .withoutListings()
            .start();
  }

  @Override
  public void close() throws IOException {
    server.drain(Duration.ofSeconds(10)); // downloads that run may finish
    server.close();
    files.close();
  }
  // README: to here
}
