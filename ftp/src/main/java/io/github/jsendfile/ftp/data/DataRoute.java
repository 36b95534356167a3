package io.github.jsendfile.ftp.data;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where a session's next data connection comes from: a passive port, or a connection already
/// made. There is one at most; a newer one closes it. A transfer may wait for it before it is
/// there. Thread-safe.
public final class DataRoute implements AutoCloseable {
  private final PassivePorts ports;
  private final Duration connectTimeout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable PassiveListener listener;
  private @Nullable SocketChannel connection;

  /// @param connectTimeout how long a passive port stays open, how long connecting may take, and
  ///     how long a transfer waits for either
  public DataRoute(PassivePorts ports, Duration connectTimeout) {
    this.ports = ports;
    this.connectTimeout = connectTimeout;
  }

  /// Opens a passive port and waits for its connection, on a thread of its own.
  ///
  /// @param welcome whose connection is taken
  /// @return the port
  /// @throws java.net.BindException if none is free
  public int listen(InetAddress address, Predicate<InetAddress> welcome) throws IOException {
    close();
    PassiveListener opened = new PassiveListener(ports, address, welcome);
    int port = opened.port();
    set(opened, null);
    Thread.ofVirtual().name("jsendfile-ftp-passive").start(() -> await(opened));
    return port;
  }

  /// Connects to a port on which the client listens.
  ///
  /// @param from the address the control connection came to
  /// @throws IOException if that fails
  public void connect(InetAddress from, InetSocketAddress client) throws IOException {
    close();
    SocketChannel channel = SocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(from, 0));
      channel.socket().connect(client, Math.toIntExact(connectTimeout.toMillis()));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    set(null, channel);
  }

  private void await(PassiveListener opened) {
    try {
      arrived(opened, opened.accept(connectTimeout));
    } catch (IOException e) {
      lock.lock();
      try {
        if (listener == opened) {
          listener = null;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void arrived(PassiveListener opened, SocketChannel channel) {
    lock.lock();
    try {
      if (listener == opened) {
        listener = null;
        connection = channel;
        changed.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    closeQuietly(channel); // a newer route, or none, is wanted by now
  }

  private void set(@Nullable PassiveListener newListener, @Nullable SocketChannel newConnection) {
    lock.lock();
    try {
      listener = newListener;
      connection = newConnection;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether a connection is there, or a passive port is open for it.
  public boolean isOpen() {
    lock.lock();
    try {
      return connection != null || listener != null;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a connection is there and waits for its transfer.
  public boolean isConnected() {
    lock.lock();
    try {
      return connection != null;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a passive port is open.
  public boolean isListening() {
    lock.lock();
    try {
      return listener != null;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the connection and takes it; the caller closes it.
  ///
  /// @param unwanted when true the waiting ends; [#wake()] has it looked at
  /// @param taken told before anybody can see that the route has no connection any more
  /// @throws NoDataConnectionException if none comes in time, or it is not wanted any more
  public void take(BooleanSupplier unwanted, Consumer<SocketChannel> taken)
      throws NoDataConnectionException {
    long left = connectTimeout.toNanos();
    lock.lock();
    try {
      while (connection == null) {
        if (unwanted.getAsBoolean() || left <= 0) {
          throw new NoDataConnectionException();
        }
        left = changed.awaitNanos(left);
      }
      taken.accept(connection);
      connection = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // only a stranger does that
      throw new NoDataConnectionException();
    } finally {
      lock.unlock();
    }
  }

  /// Has whoever waits look again whether it still should.
  public void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Closes the port and the connection that no transfer has taken; a new one may follow.
  @Override
  public void close() {
    PassiveListener oldListener;
    SocketChannel oldConnection;
    lock.lock();
    try {
      oldListener = listener;
      oldConnection = connection;
      listener = null;
      connection = null;
    } finally {
      lock.unlock();
    }
    if (oldListener != null) {
      oldListener.close();
    }
    if (oldConnection != null) {
      closeQuietly(oldConnection);
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nobody uses it
    }
  }
}
