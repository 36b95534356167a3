package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// Asserts that what is inside takes less than the 100 ms that the rules allow, on a machine that
/// is busy with something else too: a thread that only sleeps tells how late the scheduler wakes
/// one meanwhile, and each of the hand-overs between closing thread, poller, carrier and waiting
/// thread may be as late. On an idle machine that adds less than a millisecond.
final class Prompt implements AutoCloseable {
  private static final Duration RULE = Duration.ofMillis(100);
  private static final int HAND_OVERS = 4;
  private static final long NAP_NANOS = Duration.ofMillis(1).toNanos();

  private final long began = System.nanoTime();
  private volatile boolean over;
  private final CompletableFuture<Duration> latest =
      CompletableFuture.supplyAsync(this::sleep, task -> Thread.ofPlatform().daemon().start(task));

  static Prompt begin() {
    return new Prompt();
  }

  /// Sleeps until all is over, and says how late it woke up at worst.
  private Duration sleep() {
    long latestNanos = 0;
    long last = began;
    do { // once at least: it may be late to begin
      LockSupport.parkNanos(NAP_NANOS);
      long now = System.nanoTime();
      latestNanos = Math.max(latestNanos, now - last - NAP_NANOS);
      last = now;
    } while (!over);
    return Duration.ofNanos(latestNanos);
  }

  @Override
  public void close() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    over = true;
    Duration late = latest.join();
    assertThat(elapsed)
        .as("threads woke up to %s late meanwhile", late)
        .isLessThan(RULE.plus(late.multipliedBy(HAND_OVERS)));
  }
}
