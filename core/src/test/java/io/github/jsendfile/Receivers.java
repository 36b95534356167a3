package io.github.jsendfile;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.linux.NativeAccess;
import java.net.InetAddress;
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
        boolean hidden = mechanism == Mechanism.NATIVE && Senders.descriptorsAreSearched();
        if (mechanism.availability().available() && !hidden) {
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

  /// Skips a test that needs the native mechanism and the descriptors of the JDK's channels.
  static void assumeNative() {
    assumeTrue(
        Mechanism.NATIVE.availability().available() && NativeAccess.descriptorsAreShown(),
        "SKIPPED: this test needs native access and the JDK's descriptors");
  }

  static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
