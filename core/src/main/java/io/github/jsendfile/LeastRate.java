package io.github.jsendfile;

import java.time.Duration;

/// How fast the peer of one transfer has to take its bytes: on average over a window of time in
/// which it could have taken more, one window after the other. For one thread at a time.
final class LeastRate {
  private final long windowNanos;
  private final long windowBytes;
  private boolean begun;
  private long beganAt;
  private long takenBefore;

  LeastRate(long bytesPerSecond, Duration window) {
    this.windowNanos = Watch.nanos(window);
    this.windowBytes = (long) (bytesPerSecond * (windowNanos / 1e9));
  }

  long windowNanos() {
    return windowNanos;
  }

  /// Whether the peer has taken too little in a window that is over. The first begins with the
  /// first look.
  ///
  /// @param waited how many nanoseconds the transfer has waited for its peer until now
  /// @param taken how many bytes the peer has taken until now, counted from anywhere
  boolean isMissed(long waited, long taken) {
    if (begun && waited - beganAt < windowNanos) {
      return false;
    }
    boolean missed = begun && taken - takenBefore < windowBytes;
    begun = true;
    beganAt = waited;
    takenBefore = taken;
    return missed;
  }
}
