package io.github.jsendfile.http.connection;

import io.github.jsendfile.http.message.RequestReader;
import io.github.jsendfile.http.message.RequestReader.Progress;
import io.github.jsendfile.server.listener.Connection;
import io.github.jsendfile.server.listener.Deadline;
import io.github.jsendfile.server.listener.Deadlines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// What a client sends: bytes from the socket for the reader of requests, within the time limits.
///
/// When a limit passes, this side of the socket is shut from the deadlines' thread: the read under
/// way ends as at the end of the stream, and the connection's own thread, and nobody else, writes
/// what there is to answer.
final class Inbox implements AutoCloseable {
  /// Of an ordinary request's head. As long as a connection is idle, it holds no more than that.
  private static final int SMALL_BYTES = 2 * 1024;

  /// For bodies that are copied.
  private static final int LARGE_BYTES = 64 * 1024;

  private final Connection connection;
  private final SocketChannel channel;
  private final RequestReader reader;
  private final TimeLimits limits;
  private final Deadline deadline;
  private ByteBuffer buffer = ByteBuffer.allocate(SMALL_BYTES).flip();
  private boolean isFirst = true;

  /// What is to happen when the deadline passes while an answer is written.
  private volatile boolean answering;

  Inbox(Connection connection, RequestReader reader, TimeLimits limits, Deadlines deadlines) {
    this.connection = connection;
    this.channel = connection.channel();
    this.reader = reader;
    this.limits = limits;
    this.deadline = deadlines.register(this::expire);
  }

  private void expire() {
    if (answering) {
      connection.abort();
      return;
    }
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      connection.close(); // it is closed already, or will never be read again
    }
  }

  /// Waits for the next request and reads its head.
  ///
  /// @return [Progress#HEAD], [Progress#REFUSED], or [Progress#INCOMPLETE] if none comes: the
  ///     stream has ended, a limit has passed, or the server drains
  Progress readHead() throws IOException {
    answering = false;
    if (!buffer.hasRemaining() && !awaitRequest()) {
      return Progress.INCOMPLETE;
    }
    isFirst = false;
    Progress progress = reader.readHead(buffer);
    while (progress == Progress.INCOMPLETE && fill()) {
      progress = reader.readHead(buffer);
    }
    return progress;
  }

  private boolean awaitRequest() throws IOException {
    shrink();
    deadline.set(isFirst ? limits.head() : limits.idle());
    boolean some = connection.idle() && fill() && connection.busy();
    if (some && !isFirst) {
      deadline.set(limits.head());
    }
    return some;
  }

  /// Reads more, behind what is left.
  ///
  /// @return false at the end of the stream
  boolean fill() throws IOException {
    buffer.compact();
    try {
      return channel.read(buffer) >= 0;
    } finally {
      buffer.flip();
    }
  }

  /// Whether a limit has passed; it does so once.
  boolean isTooLate() {
    return deadline.hasPassed();
  }

  /// Whether nothing has come yet behind the last request.
  boolean isWaitingForNext() {
    return !isFirst && reader.isIdle();
  }

  /// Says that an answer is written from now on: when the deadline passes, the connection is cut.
  void answering() {
    answering = true;
  }

  Deadline deadline() {
    return deadline;
  }

  TimeLimits limits() {
    return limits;
  }

  RequestReader reader() {
    return reader;
  }

  SocketChannel channel() {
    return channel;
  }

  ByteBuffer buffer() {
    return buffer;
  }

  /// Makes room for a body.
  void grow() {
    if (buffer.capacity() < LARGE_BYTES) {
      buffer = ByteBuffer.allocate(LARGE_BYTES).put(buffer).flip();
    }
  }

  private void shrink() {
    if (buffer.capacity() > SMALL_BYTES) {
      buffer = ByteBuffer.allocate(SMALL_BYTES).flip();
    }
  }

  @Override
  public void close() {
    deadline.close();
  }
}
