package io.github.jsendfile.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what another thread or the kernel is about to do, no longer than it takes.
public final class Eventually {
  private static final long FIRST_PAUSE_NANOS = Duration.ofNanos(50_000).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private Eventually() {}

  /// Waits until a condition holds.
  ///
  /// @param patience how long at most
  /// @param condition looked at again and again
  /// @param description says how things stand, when patience ends
  /// @throws AssertionError if the condition does not come to hold
  public static void holds(
      Duration patience, BooleanSupplier condition, Supplier<String> description) {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new AssertionError("not so after " + patience + ": " + description.get());
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
  }
}
