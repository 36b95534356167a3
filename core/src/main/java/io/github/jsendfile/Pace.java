package io.github.jsendfile;

import java.util.List;

/// The rate limits of one transfer, all kept together: it holds a piece that all of them have
/// granted and sends it when the last of them allows.
final class Pace {
  private final List<RateLimit> limits;
  private long granted;
  private long notBefore;

  Pace(List<RateLimit> limits) {
    this.limits = limits;
  }

  /// How many bytes may be sent at once now; 0 until [#notBefore()].
  long permits(long now) {
    if (limits.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (granted == 0) {
      granted = limits.stream().mapToLong(RateLimit::pieceBytes).min().orElseThrow();
      notBefore = now;
      for (RateLimit limit : limits) {
        long at = limit.reserve(granted, now);
        notBefore = at - notBefore > 0 ? at : notBefore;
      }
    }
    return notBefore - now <= 0 ? granted : 0;
  }

  long notBefore() {
    return notBefore;
  }

  void sent(long bytes) {
    if (!limits.isEmpty()) {
      granted -= bytes;
    }
  }

  /// Returns what was granted and not sent.
  void end() {
    if (granted > 0) {
      limits.forEach(limit -> limit.giveBack(granted));
      granted = 0;
    }
  }
}
