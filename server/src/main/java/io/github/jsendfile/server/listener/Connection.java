package io.github.jsendfile.server.listener;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/// An accepted connection. Its handler says when it waits for its client ([#idle()]) and when it
/// works for it ([#busy()]), so that a drain ends the ones that wait and lets the others finish.
/// Whoever stops it, does so by closing it: [#close()] and [#abort()] may be called by any thread.
public final class Connection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Connection.class.getPackageName());

  private enum State {
    BUSY,
    IDLE,
    ENDED
  }

  private final SocketChannel channel;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private final BooleanSupplier draining;
  private final AtomicReference<State> state = new AtomicReference<>(State.BUSY);

  Connection(SocketChannel channel, BooleanSupplier draining) throws IOException {
    this.channel = channel;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.remote = (InetSocketAddress) channel.getRemoteAddress();
    this.draining = draining;
  }

  /// The socket.
  ///
  /// @return a connected channel in blocking mode
  public SocketChannel channel() {
    return channel;
  }

  /// This end's address.
  ///
  /// @return address and port
  public InetSocketAddress local() {
    return local;
  }

  /// The client's address.
  ///
  /// @return address and port
  public InetSocketAddress remote() {
    return remote;
  }

  /// Says that the connection waits for its client and may be ended without loss.
  ///
  /// @return false if it is to end now, since the listener drains
  public boolean idle() {
    state.compareAndSet(State.BUSY, State.IDLE);
    if (!draining.getAsBoolean()) {
      return state.get() != State.ENDED;
    }
    state.compareAndSet(State.IDLE, State.BUSY); // the handler ends it, no longer the drain
    return false;
  }

  /// Says that the connection works for its client, and that a drain is to wait for it.
  ///
  /// @return false if a drain has just ended it
  public boolean busy() {
    return state.compareAndSet(State.IDLE, State.BUSY) || state.get() != State.ENDED;
  }

  boolean isBusy() {
    return state.get() == State.BUSY;
  }

  /// Whether the listener drains: this is the last request to be answered.
  ///
  /// @return true from the beginning of the drain on
  public boolean isDraining() {
    return draining.getAsBoolean();
  }

  /// Ends the connection if it waits for its client.
  ///
  /// @param farewell what the client is told; may be empty
  void endIfIdle(byte[] farewell) {
    if (!state.compareAndSet(State.IDLE, State.ENDED)) {
      return;
    }
    if (farewell.length == 0) {
      close();
      return;
    }
    Thread.startVirtualThread(
        () -> {
          try {
            channel.write(ByteBuffer.wrap(farewell));
          } catch (IOException e) {
            LOG.log(Level.DEBUG, "no farewell to {0}: {1}", remote, e.toString());
          }
          close();
        });
  }

  /// Closes the socket. What is written stays to be delivered.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing the connection of " + remote, e);
    }
  }

  /// Closes the socket abortively: the client sees a reset and takes no part for the whole, and
  /// the kernel's memory is free at once. For connections that have failed.
  public void abort() {
    abort(channel);
  }

  static void abort(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "aborting a connection: {0}", e.toString());
    }
  }

  @Override
  public String toString() {
    return remote + " at " + local;
  }
}
