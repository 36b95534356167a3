package io.github.jsendfile.ftp.wire;

import io.github.jsendfile.ftp.listing.OneLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes replies whole: a transfer tells its end while the control thread may be replying to
/// STAT. Thread-safe.
public final class ReplyWriter {
  private static final int PIECE_CHARACTERS = 8 * 1024;

  private final WritableByteChannel channel;
  private final ReentrantLock lock = new ReentrantLock();

  public ReplyWriter(WritableByteChannel channel) {
    this.channel = channel;
  }

  /// Yields lines, one after the other.
  @FunctionalInterface
  public interface Lines {
    /// The next line; null at the end.
    @Nullable String next() throws IOException;
  }

  /// Writes a reply.
  public void write(Reply reply) throws IOException {
    lock.lock();
    try {
      write(reply.onTheWire());
    } finally {
      lock.unlock();
    }
  }

  /// Writes a reply of any number of lines, in bounded memory.
  ///
  /// @param lines none of them begins with the code
  public void write(int code, String first, Lines lines, String last) throws IOException {
    lock.lock();
    try {
      StringBuilder text = new StringBuilder();
      text.append(code).append('-').append(OneLine.of(first)).append(Reply.LINE_END);
      for (String line = lines.next(); line != null; line = lines.next()) {
        text.append(OneLine.of(line)).append(Reply.LINE_END);
        if (text.length() >= PIECE_CHARACTERS) {
          write(text.toString());
          text.setLength(0);
        }
      }
      write(text.append(Reply.of(code, last).onTheWire()).toString());
    } finally {
      lock.unlock();
    }
  }

  private void write(String text) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }
}
