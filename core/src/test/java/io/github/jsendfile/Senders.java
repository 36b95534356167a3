package io.github.jsendfile;

import java.util.Arrays;
import java.util.List;

/// Senders that use one mechanism and no other, so that each rule is tested on each of them.
final class Senders {
  private Senders() {}

  /// The mechanisms that can be had here: a mechanism that comes to be, comes to be tested.
  static List<Mechanism> mechanisms() {
    return Arrays.stream(Mechanism.values())
        .filter(mechanism -> mechanism.availability().available())
        .toList();
  }

  /// A sender that may use this mechanism alone.
  static FileSender only(Mechanism mechanism) {
    return FileSender.builder().mechanisms(mechanism).build();
  }

  /// A sender that prefers this mechanism and may copy what it declines.
  static FileSender preferring(Mechanism mechanism) {
    return FileSender.builder().mechanisms(mechanism, Mechanism.BUFFERED_COPY).build();
  }
}
