package io.github.jsendfile.server.listener;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;

/// Closes a listening socket so that its port is free afterwards: the kernel frees it when nobody
/// is in `accept` any more, which is later than the JDK's own close returns. For one thread that
/// accepts at a time, and any other that closes.
public final class Accepting {
  private final Semaphore accepting = new Semaphore(1);

  /// Of one socket.
  public Accepting() {}

  /// Waits for a connection.
  @FunctionalInterface
  public interface Accept {
    /// Waits.
    ///
    /// @return a connection
    /// @throws IOException if none comes
    SocketChannel accept() throws IOException;
  }

  /// Waits for a connection.
  ///
  /// @param how of the socket that [#close] will close
  /// @return what that returns
  /// @throws IOException what that throws
  public SocketChannel accept(Accept how) throws IOException {
    accepting.acquireUninterruptibly();
    try {
      return how.accept();
    } finally {
      accepting.release();
    }
  }

  /// Closes the socket, and waits until nobody accepts on it any more.
  ///
  /// @param socket not to be closed by the thread that accepts, while it does
  /// @throws IOException if closing fails; the port is free all the same
  public void close(ServerSocketChannel socket) throws IOException {
    try {
      socket.close();
    } finally {
      accepting.acquireUninterruptibly();
      accepting.release();
    }
  }
}
