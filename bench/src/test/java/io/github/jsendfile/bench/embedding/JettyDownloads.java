package io.github.jsendfile.bench.embedding;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The example of docs/embedding.md for Jetty.
final class JettyDownloads extends Handler.Abstract {
  private final Path file;
  private final FileSender sender = FileSender.builder().exactly().build();

  JettyDownloads(Path file) {
    this.file = file;
  }

  // README: from here
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, Files.size(file));
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      sender.send(FileRegion.of(file), Channels.newChannel(out)); // copied: the socket is Jetty's
    }
    callback.succeeded();
    return true;
  }
  // README: to here
}
