package io.github.jsendfile.ftp.data;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.PeerClosedException;
import io.github.jsendfile.PeerStalledException;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.server.listener.SocketStatus;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The end of what is sent. The kernel takes some MB for a client that takes none of it: only when
/// the last byte is on its way is the transfer complete, and 226 true. No acknowledgement is waited
/// for, since that would add a round trip to every small file.
public final class Delivery {
  private static final long SHORTEST_LOOK_NANOS = 100_000;
  private static final long LONGEST_LOOK_NANOS = 50_000_000;

  /// What a look may be late by, as a part of the time that it took.
  private static final int LATENESS = 8;

  private final long stallNanos;

  /// @param stall how long the client may take nothing
  public Delivery(Duration stall) {
    this.stallNanos = stall.toNanos();
  }

  /// Waits until all that was written is on its way. Where the kernel cannot be asked, it does not
  /// wait.
  ///
  /// @param bytes how many have been written of the file
  /// @param mechanism how
  /// @throws PeerClosedException if the client goes before that
  /// @throws PeerStalledException if it takes nothing
  void await(SocketChannel data, long bytes, Mechanism mechanism) throws TransferException {
    long began = System.nanoTime();
    long movedAt = began;
    int before = Integer.MAX_VALUE;
    for (int unsent = SocketStatus.unsent(data); unsent > 0; unsent = SocketStatus.unsent(data)) {
      long now = System.nanoTime();
      if (unsent < before) {
        movedAt = now;
        before = unsent;
      }
      if (SocketStatus.isReset(data)) {
        throw new PeerClosedException(
            "sending the last " + unsent + " bytes: reset", left(bytes, unsent), mechanism, null);
      }
      if (now - movedAt > stallNanos) {
        throw new PeerStalledException(
            "sending the last " + unsent + " bytes: no progress",
            left(bytes, unsent),
            mechanism,
            null);
      }
      long look = Math.clamp((now - began) / LATENESS, SHORTEST_LOOK_NANOS, LONGEST_LOOK_NANOS);
      LockSupport.parkNanos(look);
    }
  }

  private static long left(long bytes, int unsent) {
    return Math.max(0, bytes - unsent);
  }
}
