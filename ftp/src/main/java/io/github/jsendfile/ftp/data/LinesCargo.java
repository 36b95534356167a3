package io.github.jsendfile.ftp.data;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A list that is sent while it is read, in bounded memory.
public final class LinesCargo implements Cargo {
  private static final int PIECE_CHARACTERS = 32 * 1024;

  private final Lines lines;
  private final FileSender sender;
  private final Delivery delivery;
  private volatile long bytes;

  /// Yields lines, one after the other.
  public interface Lines extends AutoCloseable {
    /// The next line, without its end; null after the last.
    @Nullable String next() throws IOException;

    @Override
    void close() throws IOException;
  }

  /// @param lines closed with this
  public LinesCargo(Lines lines, FileSender sender, Delivery delivery) {
    this.lines = lines;
    this.sender = sender;
    this.delivery = delivery;
  }

  @Override
  public void move(SocketChannel data) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = lines.next(); line != null; line = lines.next()) {
      text.append(line).append("\r\n");
      if (text.length() >= PIECE_CHARACTERS) {
        send(text, data);
      }
    }
    if (!text.isEmpty()) {
      send(text, data);
    }
    delivery.await(data, bytes, mechanism());
  }

  private void send(StringBuilder text, SocketChannel data) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
    try {
      sender.send(Payload.of(octets), data);
    } finally {
      long before = bytes; // written by this thread only
      bytes = before + octets.position();
    }
  }

  @Override
  public void complete() {
    // sent is sent
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Mechanism mechanism() {
    return Mechanism.BUFFERED_COPY;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      // it was only read
    }
  }
}
