package io.github.jsendfile;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// How late threads wake up for now: a thread that only sleeps tells it. On an idle machine that is
/// less than a millisecond; on one that is busy with something else too, a tenth of a second.
final class Lateness implements AutoCloseable {
  private static final long NAP_NANOS = Duration.ofMillis(1).toNanos();

  private final long began = System.nanoTime();
  private volatile boolean over;
  private final CompletableFuture<Duration> latest =
      CompletableFuture.supplyAsync(this::sleep, task -> Thread.ofPlatform().daemon().start(task));

  private Lateness() {}

  /// Begins to look.
  static Lateness begin() {
    return new Lateness();
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

  /// Ends the look.
  ///
  /// @return how late a thread woke up at worst since it began
  Duration end() {
    over = true;
    return latest.join();
  }

  @Override
  public void close() {
    end();
  }
}
