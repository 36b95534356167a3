package io.github.jsendfile.server.listener;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The moment by which something has to have happened on a connection. Setting it is one store: no
/// timer, no wake-up, so it may be set anew for every request. Thread-safe.
///
/// It passes once: from then on [#set] and [#clear] answer false, and its action runs. So whoever
/// clears it before answering a client knows that the action does not answer too.
public final class Deadline implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long PASSED = Long.MIN_VALUE;

  private final Deadlines keeper;
  private final Runnable action;
  private final AtomicLong due = new AtomicLong(NEVER);

  Deadline(Deadlines keeper, Runnable action) {
    this.keeper = keeper;
    this.action = action;
  }

  /// Sets it, in place of what was set before.
  ///
  /// @param fromNow how long from now; the action runs up to a quarter of a second later
  /// @return false if it has passed already
  public boolean set(Duration fromNow) {
    return set(fromNow.toNanos());
  }

  /// Sets it, in place of what was set before.
  ///
  /// @param nanosFromNow how many nanoseconds from now
  /// @return false if it has passed already
  public boolean set(long nanosFromNow) {
    long now = keeper.now();
    return replace(nanosFromNow < NEVER - now ? now + nanosFromNow : NEVER);
  }

  /// Sets it to never.
  ///
  /// @return false if it has passed already
  public boolean clear() {
    return replace(NEVER);
  }

  /// Whether it has passed.
  ///
  /// @return true from when its action is about to run
  public boolean hasPassed() {
    return due.get() == PASSED;
  }

  /// Forgets it. An action under way is not stopped.
  @Override
  public void close() {
    keeper.forget(this);
  }

  private boolean replace(long next) {
    long current = due.get();
    while (current != PASSED) {
      if (due.compareAndSet(current, next)) {
        return true;
      }
      current = due.get();
    }
    return false;
  }

  /// Passes, if it is time.
  boolean passes(long now) {
    long current = due.get();
    return current != PASSED && current <= now && due.compareAndSet(current, PASSED);
  }

  Runnable action() {
    return action;
  }
}
