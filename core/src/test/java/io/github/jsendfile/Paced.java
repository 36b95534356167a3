package io.github.jsendfile;

import java.time.Duration;

/// A test with a peer that keeps a pace and a limit that the pace has to meet. Where threads wake
/// up late, nobody keeps a pace of milliseconds: a failure there says nothing, and the same test is
/// made again with all its times longer, until lateness is small beside them. Where threads wake up
/// in time, the first failure counts.
final class Paced {
  /// Each pace here has this much to spare.
  private static final Duration SPARE = Duration.ofMillis(20);

  private static final int SLOWER = 4;
  private static final int SLOWEST = 16;

  private Paced() {}

  /// The test.
  @FunctionalInterface
  interface Attempt {
    /// Makes it.
    ///
    /// @param times by what to multiply each duration in it
    void at(int times) throws Exception;
  }

  /// Makes a test at its own pace, and slower if threads woke up too late for it.
  static void test(Attempt attempt) throws Exception {
    for (int times = 1; times < SLOWEST; times *= SLOWER) {
      if (holds(attempt, times)) {
        return;
      }
    }
    attempt.at(SLOWEST);
  }

  /// Returns false if it failed and threads woke up too late for its pace.
  private static boolean holds(Attempt attempt, int times) throws Exception {
    try (Lateness lateness = Lateness.begin()) {
      try {
        attempt.at(times);
        return true;
      } catch (TransferException | AssertionError e) {
        if (lateness.end().compareTo(SPARE.multipliedBy(times)) < 0) {
          throw e;
        }
        return false;
      }
    }
  }
}
