package io.github.jsendfile;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The limits of one transfer, and who ended it. Exactly one of its own end and a stop wins, so a
/// socket is never closed behind a transfer that has returned.
final class Watch {
  /// How a transfer stands.
  enum State {
    RUNNING,
    FINISHED,
    STALLED,
    TIMED_OUT,
    CANCELLED;

    boolean isStop() {
      return this == STALLED || this == TIMED_OUT || this == CANCELLED;
    }
  }

  /// Far enough to never come, near enough not to overflow a difference.
  static final long NEVER_NANOS = Long.MAX_VALUE / 4;

  /// How late an interrupt may be seen where the JDK does not look for it.
  private static final long INTERRUPT_POLL_NANOS = Duration.ofMillis(50).toNanos();

  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final Runnable abort;
  private final long stallNanos;
  private final long timeoutNanos;
  private final long startedAt;
  private volatile long waitingSince;
  private volatile boolean waiting;
  private volatile @Nullable Thread uninterruptible;
  private boolean guarded;

  /// Watches a transfer that begins now.
  ///
  /// @param stall how long no byte may move; null for ever
  /// @param timeout how long all of it may take; null for ever
  /// @param abort closes what the transfer waits for, from any thread
  Watch(@Nullable Duration stall, @Nullable Duration timeout, long now, Runnable abort) {
    this.stallNanos = nanos(stall);
    this.timeoutNanos = nanos(timeout);
    this.startedAt = now;
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
    if (stallNanos < NEVER_NANOS || timeoutNanos < NEVER_NANOS || uninterruptible != null) {
      Watchdog.add(this);
    }
  }

  void waitBegins(long now) {
    if (!waiting) {
      waitingSince = now;
      waiting = true;
    }
  }

  /// Ends a wait, if there is one.
  ///
  /// @return how long it was
  long waitEnds(long now) {
    if (!waiting) {
      return 0;
    }
    waiting = false;
    return now - waitingSince;
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

  /// Stops the transfer if a limit has passed.
  void check(long now) {
    if (now - startedAt >= timeoutNanos) {
      stop(State.TIMED_OUT);
    } else if (waiting && now - waitingSince >= stallNanos) {
      stop(State.STALLED);
    } else {
      Thread caller = uninterruptible;
      if (waiting && caller != null && caller.isInterrupted()) {
        stop(State.CANCELLED);
      }
    }
  }

  /// How long until the next limit can pass.
  long nanosLeft(long now) {
    long total = timeoutNanos == NEVER_NANOS ? NEVER_NANOS : startedAt + timeoutNanos - now;
    long stall = stallNanos - (waiting && stallNanos < NEVER_NANOS ? now - waitingSince : 0);
    long left = Math.min(total, stall);
    return uninterruptible == null ? left : Math.min(left, INTERRUPT_POLL_NANOS);
  }
}
