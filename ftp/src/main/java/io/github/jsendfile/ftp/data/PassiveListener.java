package io.github.jsendfile.ftp.data;

import io.github.jsendfile.server.listener.Accepting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// A port on which one data connection is awaited. It closes after that one, or when nobody comes
/// in time. A stranger's connection is closed and the waiting goes on: otherwise whoever scans
/// ports would take other people's files (RFC 2577 §3).
final class PassiveListener implements AutoCloseable {
  private final PassivePorts ports;
  private final ServerSocketChannel channel;
  private final Predicate<InetAddress> welcome;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Accepting accepting = new Accepting();

  PassiveListener(PassivePorts ports, InetAddress address, Predicate<InetAddress> welcome)
      throws IOException {
    this.ports = ports;
    this.channel = ports.listen(address);
    this.welcome = welcome;
  }

  int port() {
    return channel.socket().getLocalPort();
  }

  /// Waits for the connection, and closes the port.
  ///
  /// @throws SocketTimeoutException if it does not come in time
  /// @throws IOException if the port is closed meanwhile
  SocketChannel accept(Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (this) {
      while (true) {
        SocketChannel data = acceptAny(deadline);
        if (welcome.test(((InetSocketAddress) data.getRemoteAddress()).getAddress())) {
          return data;
        }
        data.close();
      }
    }
  }

  private SocketChannel acceptAny(long deadline) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("nobody connected to the passive port");
    }
    channel.socket().setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    return accepting.accept(() -> channel.socket().accept().getChannel());
  }

  /// Closes the port; who listens on it next finds it free.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        accepting.close(channel);
      } catch (IOException e) {
        // nothing waits on it any more
      } finally {
        ports.released();
      }
    }
  }
}
