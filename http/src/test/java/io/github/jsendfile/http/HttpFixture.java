package io.github.jsendfile.http;

import io.github.jsendfile.server.files.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// A server over a directory, and connections to it.
final class HttpFixture implements AutoCloseable {
  private final FileTree files;
  private final HttpFileServer server;

  private HttpFixture(FileTree files, HttpFileServer server) {
    this.files = files;
    this.server = server;
  }

  static HttpFixture over(Path root) throws IOException {
    return over(root, UnaryOperator.identity());
  }

  static HttpFixture over(Path root, UnaryOperator<HttpFileServer.Builder> options)
      throws IOException {
    FileTree files = FileTree.of(root);
    return new HttpFixture(files, options.apply(HttpFileServer.builder(files)).start());
  }

  HttpFileServer server() {
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /// A new connection.
  Wire connect() throws IOException {
    return new Wire(server.port());
  }

  /// Asks on a connection of its own.
  Wire.Answer ask(String method, String target, String... lines) throws IOException {
    try (Wire wire = connect()) {
      return wire.ask(method, target, lines);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    files.close();
  }
}
