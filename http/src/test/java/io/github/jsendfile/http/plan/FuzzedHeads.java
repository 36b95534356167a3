package io.github.jsendfile.http.plan;

import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.RequestLimits;
import io.github.jsendfile.http.message.RequestReader;
import io.github.jsendfile.http.message.RequestReader.Progress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Heads with lines that nobody would write.
final class FuzzedHeads {
  private FuzzedHeads() {}

  /// A GET and a HEAD with these lines, if they are fields at all.
  static Stream<RequestHead> read(byte[] lines) {
    return Stream.of("GET", "HEAD").flatMap(method -> read(method, lines).stream());
  }

  private static List<RequestHead> read(String method, byte[] lines) {
    byte[] start = (method + " / HTTP/1.1\r\nHost: a\r\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(start.length + lines.length + 4);
    bytes.put(start).put(lines).put("\r\n\r\n".getBytes(StandardCharsets.US_ASCII)).flip();
    RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
    return reader.readHead(bytes) == Progress.HEAD ? List.of(reader.head()) : List.of();
  }
}
