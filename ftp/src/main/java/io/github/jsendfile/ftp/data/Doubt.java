package io.github.jsendfile.ftp.data;

import java.time.Duration;

/// How long to doubt that a stream's end is the end of the file: a client that was killed ends its
/// data connection as one that has finished does, and then its control connection. Linux closes
/// the descriptors of a killed process from the last to the first: the control connection 20 to
/// 50 us later, or some ms where processes wait for a processor.
final class Doubt {
  private static final Duration SHORTEST = Duration.ofNanos(250_000);
  private static final Duration LONGEST = Duration.ofMillis(50);

  /// Who has finished ends at once; who is killed, at any moment between two writes.
  private static final int PAUSES = 4;

  /// The longer it has taken, the likelier it was hit, and the less a wait is noticed.
  private static final int PART = 100;

  private final long startedAt = System.nanoTime();
  private long movedAt = startedAt;

  /// Says that something has come.
  void moved() {
    movedAt = System.nanoTime();
  }

  /// How long to wait for the end of the control connection, now that the stream has ended.
  Duration length() {
    long now = System.nanoTime();
    long wanted = Math.max((now - movedAt) * PAUSES, (now - startedAt) / PART);
    return Duration.ofNanos(Math.clamp(wanted, SHORTEST.toNanos(), LONGEST.toNanos()));
  }
}
