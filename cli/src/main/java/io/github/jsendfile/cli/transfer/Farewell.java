package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.cli.argument.TimeLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends a connection over which everything was sent, and learns whether it arrived: a peer that has
/// taken all closes its side, one that failed resets. Whatever the peer says meanwhile is read and
/// thrown away, from the first byte on: a peer that waits to be read would never read itself, and a
/// close with unread bytes resets the connection and destroys what is still on its way.
final class Farewell {
  /// How it ended.
  enum Outcome {
    /// The peer closed its side: it has seen the end of the stream.
    CLOSED_BY_PEER,
    /// The peer's kernel has everything; the program behind it does not close.
    DELIVERED,
    /// Something is still on its way, and has not moved for the whole time limit.
    STALLED,
    /// The time limit of the whole transfer has passed.
    TIMED_OUT
  }

  private static final Duration LOOK = Duration.ofMillis(250);

  private final SocketChannel channel;
  private final CompletableFuture<Void> peerEnded = new CompletableFuture<>();

  private Farewell(SocketChannel channel) {
    this.channel = channel;
  }

  /// Begins to read what the peer says.
  static Farewell prepare(SocketChannel channel) {
    Farewell farewell = new Farewell(channel);
    Thread.ofVirtual().name("jsendfile-drain").start(farewell::drain);
    return farewell;
  }

  private void drain() {
    ByteBuffer thrownAway = ByteBuffer.allocateDirect(16 * 1024);
    try {
      while (channel.read(thrownAway.clear()) >= 0) {
        // nobody wants it
      }
      peerEnded.complete(null);
    } catch (IOException e) {
      peerEnded.completeExceptionally(e);
    }
  }

  /// Says that this was all, and waits for the peer to say the same.
  ///
  /// @param stall how long nothing may move
  /// @param deadline when to give up altogether, on the clock of [System#nanoTime()]
  /// @throws IOException if the peer resets the connection
  Outcome say(TimeLimit stall, OptionalLong deadline) throws IOException {
    channel.shutdownOutput();
    SendQueue queue = SendQueue.of(channel);
    long movedAt = System.nanoTime();
    OptionalLong unconfirmed = OptionalLong.empty();
    while (!hasEnded()) {
      long now = System.nanoTime();
      OptionalLong current = queue.unconfirmed();
      if (!current.equals(unconfirmed)) {
        unconfirmed = current;
        movedAt = now;
      }
      if (deadline.isPresent() && now - deadline.getAsLong() >= 0) {
        return Outcome.TIMED_OUT;
      }
      if (stall.duration().isPresent() && now - movedAt >= stall.duration().get().toNanos()) {
        return unconfirmed.orElse(1) == 0 ? Outcome.DELIVERED : Outcome.STALLED;
      }
    }
    return Outcome.CLOSED_BY_PEER;
  }

  private boolean hasEnded() throws IOException {
    try {
      peerEnded.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
