package io.github.jsendfile;

import io.github.jsendfile.endpoint.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The limits of one transfer, and who ended it. Exactly one of its own end and a stop wins, so a
/// socket is never closed behind a transfer that has returned.
final class Watch {
  /// How a transfer stands.
  enum State {
    RUNNING,
    FINISHED,
    STALLED,
    TOO_SLOW,
    TIMED_OUT,
    CANCELLED;

    boolean isStop() {
      return this == STALLED || this == TOO_SLOW || this == TIMED_OUT || this == CANCELLED;
    }
  }

  /// Far enough to never come, near enough not to overflow a difference.
  static final long NEVER_NANOS = Long.MAX_VALUE / 4;

  /// How late an interrupt may be seen where the JDK does not look for it.
  private static final long INTERRUPT_POLL_NANOS = Duration.ofMillis(50).toNanos();

  /// How late a pause may see that its transfer is over.
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  /// A wait is looked into this often within a limit: of ten thousand that stall, asking the kernel
  /// about each once a second would take a twentieth of a core.
  private static final int LOOKS = 4;

  /// A look may be late by this part of the time between two, so that many are made together: for
  /// each of ten thousand that began one after the other the watchdog would pass by all.
  private static final int LATE = 8;

  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final Runnable abort;
  private final long stallNanos;
  private final long timeoutNanos;
  private final long startedAt;
  private final long lookNanos;
  private final @Nullable LongSupplier taken;
  private final @Nullable LeastRate leastRate;
  private volatile long waitedNanos;
  private volatile long movedBytes;
  private volatile long waitingSince;
  private volatile long movedAt;
  private volatile boolean waiting;
  private volatile @Nullable Thread uninterruptible;
  private boolean guarded;
  private long takenBefore;
  private long lookedIntoWait;
  private long lookedAt;

  /// Watches a transfer that begins now.
  ///
  /// @param stall how long no byte may move; null for ever
  /// @param timeout how long all of it may take; null for ever
  /// @param abort closes what the transfer waits for, from any thread
  /// @param taken how many bytes the peer has taken, counted from anywhere, null if that cannot be
  ///     told: a peer that takes some has not stalled, though the kernel may not call its socket
  ///     writable yet
  /// @param leastRate how fast the peer has to take them; null for any rate
  Watch(
      @Nullable Duration stall,
      @Nullable Duration timeout,
      long now,
      Runnable abort,
      @Nullable LongSupplier taken,
      @Nullable LeastRate leastRate) {
    this.taken = taken;
    this.leastRate = leastRate;
    this.stallNanos = nanos(stall);
    this.timeoutNanos = nanos(timeout);
    this.startedAt = now;
    this.lookedAt = now;
    this.lookedIntoWait = now - 1; // none yet
    long window = leastRate == null ? NEVER_NANOS : leastRate.windowNanos();
    long looked = Math.min(window, taken == null ? NEVER_NANOS : stallNanos);
    this.lookNanos = looked < NEVER_NANOS ? looked / LOOKS : NEVER_NANOS;
    this.abort = abort;
  }

  static long nanos(@Nullable Duration duration) {
    if (duration == null || duration.compareTo(Duration.ofNanos(NEVER_NANOS)) >= 0) {
      return NEVER_NANOS;
    }
    return duration.toNanos();
  }

  /// Has the watchdog see to the limits from now on, until [#finish()].
  ///
  /// @param uninterruptible the calling thread, if an interrupt would not end its wait
  void guard(@Nullable Thread uninterruptible) {
    if (guarded) {
      return;
    }
    guarded = true;
    this.uninterruptible = uninterruptible;
    if (looksAtPeer() || timeoutNanos < NEVER_NANOS || uninterruptible != null) {
      Watchdog.add(this);
    }
  }

  private boolean looksAtPeer() {
    return stallNanos < NEVER_NANOS || leastRate != null;
  }

  void waitBegins(long now) {
    if (!waiting) {
      movedAt = now;
      waitingSince = now;
      waiting = true;
    }
  }

  /// Ends a wait, if there is one.
  ///
  /// @return how long it was
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the transfer's own thread writes
  long waitEnds(long now) {
    if (!waiting) {
      return 0;
    }
    waiting = false; // first: who looks may miss a wait, and never counts it twice
    long nanos = now - waitingSince;
    if (leastRate != null) {
      waitedNanos += nanos;
    }
    return nanos;
  }

  /// Counts what the kernel has taken, for the least rate.
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the transfer's own thread writes
  void moved(long bytes) {
    if (leastRate != null) {
      movedBytes += bytes;
    }
  }

  State state() {
    return state.get();
  }

  /// Ends the watch at the transfer's own end.
  ///
  /// @return whether nobody had stopped it before
  boolean finish() {
    boolean first = state.compareAndSet(State.RUNNING, State.FINISHED);
    if (guarded) {
      Watchdog.remove(this);
    }
    return first;
  }

  /// Stops the transfer, unless it has ended: closes what it waits for.
  void stop(State reason) {
    if (state.compareAndSet(State.RUNNING, reason)) {
      abort.run();
    }
  }

  /// Stops the transfer if it has taken too long in all.
  void checkTimeout(long now) {
    if (now - startedAt >= timeoutNanos) {
      stop(State.TIMED_OUT);
    }
  }

  /// Stops the transfer if any limit has passed. One thread at a time.
  void check(long now) {
    checkTimeout(now);
    if (looksAtPeer() && waiting && isLookDue(now)) {
      lookAtPeer(now);
    }
    Thread caller = uninterruptible;
    if (waiting && caller != null && caller.isInterrupted()) {
      stop(State.CANCELLED);
    }
  }

  private boolean isLookDue(long now) {
    return now - lookedAt >= lookNanos || now - movedAt >= stallNanos;
  }

  private void lookAtPeer(long now) {
    lookedAt = now;
    long waited = waitedNanos; // before the next line: see waitEnds
    if (!waiting) {
      return;
    }
    long count = taken == null ? movedBytes : taken.getAsLong();
    if (hasStalled(now, count)) {
      stop(State.STALLED);
    } else if (leastRate != null
        && count >= 0
        && leastRate.isMissed(waited + now - waitingSince, count)) {
      stop(State.TOO_SLOW);
    }
  }

  /// Whether neither we nor the peer's own taking have moved a byte for the whole limit.
  private boolean hasStalled(long now, long count) {
    long wait = waitingSince;
    if (wait == lookedIntoWait && count > takenBefore) {
      movedAt = now;
    }
    lookedIntoWait = wait;
    takenBefore = Math.max(takenBefore, count);
    return now - movedAt >= stallNanos;
  }

  /// How long until a limit can pass, or a wait is to be looked into.
  long nanosLeft(long now) {
    long waited = waiting ? now - movedAt : 0;
    long unseen = waiting ? now - lookedAt : 0;
    long left =
        Math.min(
            left(timeoutNanos, now - startedAt),
            Math.min(
                left(stallNanos, waited), Math.max(0, left(lookNanos + lookNanos / LATE, unseen))));
    return uninterruptible == null ? left : Math.min(left, INTERRUPT_POLL_NANOS);
  }

  /// Sleeps until the rates allow more, a limit passes, or somebody ends the transfer.
  void pause(Pace pace, LongSupplier clock, Endpoint endpoint) {
    while (state() == State.RUNNING && endpoint.isOpen()) {
      long now = clock.getAsLong();
      long left = Math.min(pace.notBefore() - now, nanosLeft(now));
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return;
      }
      LockSupport.parkNanos(Math.min(left, PAUSE_NANOS));
    }
  }

  /// When the next limit passes.
  Optional<Instant> deadline(long now) {
    long left = nanosLeft(now);
    return left >= NEVER_NANOS ? Optional.empty() : Optional.of(Instant.now().plusNanos(left));
  }

  private static long left(long limit, long passed) {
    return limit < NEVER_NANOS ? limit - passed : NEVER_NANOS;
  }
}
