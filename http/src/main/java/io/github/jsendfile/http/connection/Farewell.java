package io.github.jsendfile.http.connection;

import io.github.jsendfile.server.listener.Connection;
import io.github.jsendfile.server.listener.Deadline;
import io.github.jsendfile.server.listener.Deadlines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Ends a connection whose client may still be sending: closed with unread bytes, the kernel would
/// reset it, and the client lose the answer that is on its way. So this side ends, and what comes
/// is thrown away until the client ends too, for a while.
final class Farewell {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int BUFFER_BYTES = 4 * 1024;

  private final Connection connection;
  private final Deadlines deadlines;

  private Farewell(Connection connection, Deadlines deadlines) {
    this.connection = connection;
    this.deadlines = deadlines;
  }

  static Farewell of(Connection connection, Deadlines deadlines) {
    return new Farewell(connection, deadlines);
  }

  void say() {
    SocketChannel channel = connection.channel();
    try (Deadline deadline = deadlines.register(connection::close)) {
      deadline.set(PATIENCE);
      channel.shutdownOutput();
      ByteBuffer thrownAway = ByteBuffer.allocate(BUFFER_BYTES);
      int left = MOST_BYTES;
      int count = 0;
      while (count >= 0 && left > 0) {
        count = channel.read(thrownAway.clear());
        left -= count;
      }
    } catch (IOException e) {
      connection.close(); // it has ended by itself, or in time
    }
  }
}
