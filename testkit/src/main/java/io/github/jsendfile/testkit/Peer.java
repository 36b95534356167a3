package io.github.jsendfile.testkit;

import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.Reception.Ending;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// The other end of a connection, on a daemon platform thread of its own, with manners of its own.
/// It records what it receives. Closing it closes both ends and waits for its thread.
///
/// @param <S> the type of the sending end
public final class Peer<S extends Closeable> implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int READ_BYTES = 256 * 1024;
  private static final int SINGLE_READS = 100_000;

  private final S socket;
  private final ReadableByteChannel receiver;
  private final PeerBehavior behavior;
  private final Reception reception = new Reception();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Thread thread;

  private Peer(ConnectedPair<S> pair, PeerBehavior behavior) {
    this.socket = pair.sender();
    this.receiver = pair.receiver();
    this.behavior = behavior;
    this.thread = Thread.ofPlatform().daemon().name("testkit-peer").start(this::run);
  }

  /// Puts a peer at the receiving end of a pair.
  ///
  /// @param <S> the type of the sending end
  /// @param pair a fresh pair, which the peer now owns
  /// @param behavior its manners
  /// @return the peer, already at work
  public static <S extends Closeable> Peer<S> at(ConnectedPair<S> pair, PeerBehavior behavior) {
    return new Peer<>(pair, behavior);
  }

  /// A peer over TCP, with bounded buffers.
  ///
  /// @param behavior its manners
  /// @return the peer, already at work
  /// @throws IOException if the machine refuses
  public static Peer<SocketChannel> tcp(PeerBehavior behavior) throws IOException {
    return at(ConnectedPair.tcp(Buffers.BOUNDED), behavior);
  }

  /// A peer over a UNIX-domain socket, with bounded buffers.
  ///
  /// @param behavior its manners
  /// @return the peer, already at work
  /// @throws IOException if the machine refuses
  public static Peer<SocketChannel> unix(PeerBehavior behavior) throws IOException {
    return at(ConnectedPair.unix(Buffers.BOUNDED), behavior);
  }

  /// A peer over TCP, with bounded buffers, whose sending end is no channel.
  ///
  /// @param behavior its manners
  /// @return the peer, already at work
  /// @throws IOException if the machine refuses
  public static Peer<Socket> plainSocket(PeerBehavior behavior) throws IOException {
    return at(ConnectedPair.plainSocket(Buffers.BOUNDED), behavior);
  }

  /// A peer behind a pipe.
  ///
  /// @param behavior its manners
  /// @return the peer, already at work
  /// @throws IOException if the machine refuses
  public static Peer<Pipe.SinkChannel> pipe(PeerBehavior behavior) throws IOException {
    return at(ConnectedPair.pipe(), behavior);
  }

  /// The sending end.
  ///
  /// @return where a test writes
  public S socket() {
    return socket;
  }

  /// The receiving end, which the peer reads: for a test that wants to answer over it.
  ///
  /// @return a [SocketChannel] or a [Pipe.SourceChannel]
  public ReadableByteChannel receiver() {
    return receiver;
  }

  /// What has arrived so far.
  ///
  /// @return a live view
  public Reception reception() {
    return reception;
  }

  /// Has a stalled peer go on reading.
  public void release() {
    released.countDown();
  }

  /// Waits until so much has arrived.
  ///
  /// @param bytes a count of bytes
  /// @throws AssertionError if that takes too long
  public void awaitCount(long bytes) {
    Eventually.holds(
        PATIENCE, () -> reception.count() >= bytes, () -> bytes + " wanted; " + reception);
  }

  /// Shuts down the sending end as a program does that has sent all, releases a stalled peer, and
  /// waits until it has read to the end or ended by itself.
  ///
  /// @return all that has arrived
  /// @throws IOException if the sending end cannot be shut down
  /// @throws AssertionError if the peer does not come to an end
  public Reception finish() throws IOException {
    try {
      shutDown();
    } catch (ClosedChannelException ignored) { // by the transfer, or by a reset
    }
    return awaitEnd();
  }

  /// Releases a stalled peer and waits until it has read to the end or ended by itself.
  ///
  /// @return all that has arrived
  /// @throws AssertionError if the peer does not come to an end
  public Reception awaitEnd() {
    release();
    join();
    return reception;
  }

  private void shutDown() throws IOException {
    switch (socket) {
      case SocketChannel channel when channel.isOpen() -> channel.shutdownOutput();
      case Socket plain when !plain.isClosed() -> plain.shutdownOutput();
      default -> socket.close();
    }
  }

  private void join() {
    try {
      if (!thread.join(PATIENCE)) {
        throw new AssertionError("the peer does not end: " + behavior + ", " + reception);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the peer", e);
    }
  }

  /// Closes both ends and waits for the peer's thread.
  @Override
  public void close() throws IOException {
    release();
    try (receiver) {
      socket.close();
    } finally {
      receiver.close();
      join();
    }
  }

  private void run() {
    try (receiver) {
      behave();
    } catch (ClosedChannelException e) {
      reception.end(Ending.OWN);
    } catch (IOException e) {
      reception.end(Ending.RESET);
    }
  }

  private void behave() throws IOException {
    switch (behavior) {
      case PeerBehavior.Fast() -> readToEnd(READ_BYTES, Duration.ZERO);
      case PeerBehavior.Slow(int bytes, Duration pause) -> readToEnd(bytes, pause);
      case PeerBehavior.OneByteAtATime() -> {
        readOneByOne();
        readToEnd(READ_BYTES, Duration.ZERO);
      }
      case PeerBehavior.Stalled(long after) -> {
        read(after);
        awaitRelease();
        readToEnd(READ_BYTES, Duration.ZERO);
      }
      case PeerBehavior.ResetsMidway(long after) -> {
        read(after);
        lingerNot();
        reception.end(Ending.OWN);
      }
      case PeerBehavior.HalfClosed() -> {
        if (receiver instanceof SocketChannel channel) {
          channel.shutdownOutput();
        }
        readToEnd(READ_BYTES, Duration.ZERO);
      }
      case PeerBehavior.ClosesEarly(long after) -> {
        read(after);
        reception.end(Ending.OWN);
      }
    }
  }

  private void readToEnd(int bytesPerRead, Duration pause) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytesPerRead);
    do {
      if (pause.isPositive()) {
        LockSupport.parkNanos(pause.toNanos());
      }
    } while (read(buffer.clear()) >= 0);
    reception.end(Ending.END_OF_STREAM);
  }

  private void readOneByOne() throws IOException {
    ByteBuffer one = ByteBuffer.allocateDirect(1);
    int left = SINGLE_READS;
    while (left > 0 && read(one.clear()) >= 0) {
      left--;
    }
  }

  private void read(long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    long left = bytes;
    while (left > 0) {
      int count = read(buffer.clear().limit((int) Math.min(left, READ_BYTES)));
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }

  private int read(ByteBuffer buffer) throws IOException {
    int count = receiver.read(buffer);
    if (count > 0) {
      reception.add(buffer.flip());
    }
    return count;
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lingerNot() throws IOException {
    if (receiver instanceof SocketChannel channel
        && channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }
}
