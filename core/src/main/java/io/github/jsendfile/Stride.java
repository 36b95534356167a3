package io.github.jsendfile;

import io.github.jsendfile.mechanism.Attempt;
import java.time.Duration;

/// How much a call is to move that may wait for the peer inside: more while the peer keeps up, so
/// that few calls return for nothing. One that has waited for long is the last of its kind, since
/// whoever waits there hears of nothing else.
final class Stride {
  /// Hardly anything shorter has to wait: a send buffer takes it.
  private static final long LEAST_REGION_BYTES = 512 << 10;

  private static final long FIRST_BYTES = 128 << 10;
  private static final long LAST_BYTES = 1 << 26;
  private static final long FAST_NANOS = Duration.ofMillis(5).toNanos();
  private static final long SLOW_NANOS = Duration.ofMillis(50).toNanos();

  /// Below 32 MB/s what a wait costs is not worth a thought.
  private static final long SLOW_BYTES = 160_000;

  private long bytes = FIRST_BYTES;
  private boolean inside;
  private boolean begun;
  private boolean tooSlow;

  /// Whether a region is long enough for calls that wait inside.
  static boolean isWorthIt(RegionRun run) {
    return run.isLongerThan(LEAST_REGION_BYTES);
  }

  /// How much of `count` the next call of a mechanism is to move.
  long bound(Attempt attempt, long count) {
    inside = attempt.waitsInside();
    return inside ? Math.min(count, bytes) : count;
  }

  /// Says that the next call is an ordinary write, which waits on its own terms.
  void writes() {
    inside = false;
  }

  /// Whether the last call has waited for long.
  boolean isTooSlow() {
    return tooSlow;
  }

  /// Takes in how long the last call took to move so much.
  /// That the first is a little slow says nothing: in a young JVM it loads and links what it needs.
  void took(long nanos, long moved) {
    if (!inside) {
      tooSlow = false;
      return;
    }
    boolean slow = nanos >= FAST_NANOS && moved < SLOW_BYTES;
    tooSlow = nanos >= SLOW_NANOS || (slow && begun);
    begun = true;
    if (nanos < FAST_NANOS && bytes < LAST_BYTES) {
      bytes *= 2;
    }
  }
}
