package io.github.jsendfile;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// What a transfer has done so far, and who is told. Only the byte count is for other threads
/// too.
final class Tally {
  /// A call that waits for the peer inside may last for so long, unless it moves little.
  private static final long OFTEN_NANOS = Duration.ofMillis(50).toNanos();

  private static final long OFTEN_BYTES = 4 << 20;

  private final long startedAt;
  private final @Nullable LongConsumer progress;
  private final long progressNanos;

  private volatile long bytesSent;
  private long totalBytes;
  private long waits;
  private long waitedNanos;
  private boolean endedEarly;
  private @Nullable Mechanism planned;
  private @Nullable Mechanism used;
  private long toldAt;
  private long told;

  Tally(long now, @Nullable LongConsumer progress, Duration progressInterval) {
    this.startedAt = now;
    this.progress = progress;
    this.progressNanos = progressInterval.toNanos();
    this.toldAt = now;
  }

  long bytesSent() {
    return bytesSent;
  }

  long totalBytes() {
    return totalBytes;
  }

  long waits() {
    return waits;
  }

  long waitedNanos() {
    return waitedNanos;
  }

  /// The mechanism that moved bytes, or is to; of several the most costly.
  Mechanism mechanism() {
    if (used != null) {
      return used;
    }
    return bytesSent > 0 || planned == null ? Mechanism.BUFFERED_COPY : planned;
  }

  void plans(Mechanism mechanism) {
    if (planned == null || planned.compareTo(mechanism) < 0) {
      planned = mechanism;
    }
  }

  void uses(Mechanism mechanism) {
    if (used == null || used.compareTo(mechanism) < 0) {
      used = mechanism;
    }
  }

  void endedEarly() {
    endedEarly = true;
  }

  void waited(long nanos) {
    waits++;
    waitedNanos += nanos;
  }

  /// How many of so many bytes one call may move, so that a listener hears as often as it wants to.
  long bound(long permitted) {
    boolean often = progress != null && progressNanos < OFTEN_NANOS;
    return often ? Math.min(permitted, OFTEN_BYTES) : permitted;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time writes, others only read
  void moved(long count, long fileBytes, long now) throws TransferAbortedException {
    totalBytes += count;
    bytesSent += fileBytes;
    if (progress != null && fileBytes > 0 && now - toldAt >= progressNanos) {
      tell(progress, now);
    }
  }

  /// Counts a head whose file failed behind it.
  void headMoved(long count) {
    totalBytes += count;
  }

  /// Tells the last count, unless it is told.
  void tellEnd(long now) throws TransferAbortedException {
    if (progress != null && told != bytesSent) {
      tell(progress, now);
    }
  }

  private void tell(LongConsumer listener, long now) throws TransferAbortedException {
    toldAt = now;
    told = bytesSent;
    try {
      listener.accept(bytesSent);
    } catch (RuntimeException | Error e) {
      throw new TransferAbortedException(
          "the progress listener threw " + e, bytesSent, mechanism(), e);
    }
  }

  Received received(long now) {
    return new Received(
        bytesSent,
        mechanism(),
        endedEarly,
        Duration.ofNanos(now - startedAt),
        waits,
        Duration.ofNanos(waitedNanos));
  }

  Transfer transfer(long now) {
    return new Transfer(
        bytesSent,
        totalBytes,
        mechanism(),
        endedEarly,
        Duration.ofNanos(now - startedAt),
        waits,
        Duration.ofNanos(waitedNanos));
  }
}
