package io.github.jsendfile.http.connection;

import java.time.Duration;

/// How long a client may take.
///
/// @param head from the first byte of a request's head to its last; on a new connection from the
///     beginning
/// @param body of a request: this long, and a second more for every [#leastRate] bytes
/// @param leastRate of a body, in bytes a second, once its own limit has passed
/// @param stall how long it may take no byte of an answer
/// @param idle between an answer and the next request
public record TimeLimits(
    Duration head, Duration body, long leastRate, Duration stall, Duration idle) {
  /// 20 s, 30 s, 1 KiB/s, 30 s, 60 s.
  public static final TimeLimits DEFAULT =
      new TimeLimits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          1024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  /// Checks that all are more than zero.
  public TimeLimits {
    positive("head", head);
    positive("body", body);
    positive("stall", stall);
    positive("idle", idle);
  }

  private static void positive(String name, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException(
          "the time limit " + name + " is " + limit + "; it must be more than zero");
    }
  }
}
