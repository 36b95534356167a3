package io.github.jsendfile;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/// The ways to receive that can be had here, so that each rule is tested on each of them.
final class Receivers {
  private Receivers() {}

  /// Every kind of thread with every mechanism that receives.
  static List<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (ThreadKind threads : ThreadKind.values()) {
      for (Mechanism mechanism : List.of(Mechanism.NATIVE, Mechanism.BUFFERED_COPY)) {
        if (mechanism.availability().available()) {
          ways.add(Arguments.of(threads, mechanism));
        }
      }
    }
    return ways;
  }

  /// A receiver that prefers this mechanism and may copy what it declines.
  static FileReceiver.Builder preferring(Mechanism mechanism) {
    return FileReceiver.builder().mechanisms(mechanism, Mechanism.BUFFERED_COPY);
  }
}
