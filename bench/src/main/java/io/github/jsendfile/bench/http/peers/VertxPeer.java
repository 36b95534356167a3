package io.github.jsendfile.bench.http.peers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/// Vert.x's `sendFile`, with the native transport where there is one.
public final class VertxPeer {
  private VertxPeer() {}

  /// Serves until it is ended.
  ///
  /// @param arguments folder, port, scratch folder
  public static void main(String[] arguments) {
    FileSystemOptions files =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setFileSystemOptions(files));
    vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
        .requestHandler(request -> send(arguments[0], request))
        .listen(Integer.parseInt(arguments[1]))
        .onFailure(Throwable::printStackTrace);
  }

  private static void send(String folder, HttpServerRequest request) {
    String path = request.path();
    if (path == null || path.contains("..")) {
      request.response().setStatusCode(400).end();
      return;
    }
    request
        .response()
        .sendFile(folder + path)
        .onFailure(e -> request.response().setStatusCode(404).end());
  }
}
