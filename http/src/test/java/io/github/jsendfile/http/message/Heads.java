package io.github.jsendfile.http.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Requests for tests, read as a connection reads them.
public final class Heads {
  private Heads() {}

  /// A GET with these field lines.
  public static RequestHead get(String... lines) {
    return request("GET", lines);
  }

  /// A request of this method for `/file`, with these field lines.
  public static RequestHead request(String method, String... lines) {
    StringBuilder text = new StringBuilder(method + " /file HTTP/1.1\r\nHost: a\r\n");
    for (String line : lines) {
      text.append(line).append("\r\n");
    }
    return parse(text.append("\r\n").toString());
  }

  /// The head that a text is.
  public static RequestHead parse(String text) {
    RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
    RequestReader.Progress progress = reader.readHead(bytes(text));
    if (progress != RequestReader.Progress.HEAD) {
      throw new AssertionError(progress + " instead of a head: " + text);
    }
    return reader.head();
  }

  /// A text as the bytes of Latin-1.
  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
