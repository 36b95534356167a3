package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/// Asserts that what is inside takes less than the 100 ms that the rules allow, on a machine that
/// is busy with something else too: each of the hand-overs between closing thread, poller, carrier
/// and waiting thread may be as late as a thread that only sleeps. Inside belongs what ends the
/// call, and [Running#awaitEnd()]; an assertion is for behind it, since the first of a JVM loads
/// classes for longer than the rules allow.
final class Prompt implements AutoCloseable {
  private static final Duration RULE = Duration.ofMillis(100);
  private static final int HAND_OVERS = 4;

  private final Lateness lateness = Lateness.begin();
  private final long began = System.nanoTime();

  private Prompt() {}

  static Prompt begin() {
    return new Prompt();
  }

  @Override
  public void close() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    Duration late = lateness.end();
    assertThat(elapsed)
        .as("threads woke up to %s late meanwhile", late)
        .isLessThan(RULE.plus(late.multipliedBy(HAND_OVERS)));
  }
}
