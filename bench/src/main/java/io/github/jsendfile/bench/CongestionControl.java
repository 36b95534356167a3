package io.github.jsendfile.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How TCP decides when to send: by `cubic`, the kernel's own default, for the time of a run. An
/// administrator's `bbr` paces what it sends by a timer, over the loopback interface as well, at a
/// rate that it guesses from acknowledgements: the figures would be that guess.
final class CongestionControl {
  private static final String WANTED = "cubic";

  private final Path setting;
  private final String before;

  /// Changes it, which takes the rights of root; says so where that fails.
  CongestionControl() {
    this(Path.of("/proc/sys/net/ipv4/tcp_congestion_control"));
  }

  CongestionControl(Path setting) {
    this.setting = setting;
    before = name();
    if (!before.equals(WANTED)) {
      set(WANTED);
    }
  }

  /// What is in force now.
  String name() {
    return Machine.line(setting.toString()).orElse("unknown");
  }

  private void set(String name) {
    try {
      Files.writeString(setting, name);
    } catch (IOException e) {
      System.out.println("SKIPPED: TCP stays with " + name() + ": " + e);
    }
  }

  /// Puts back what was there.
  void putBack() {
    if (!before.equals(name())) {
      set(before);
    }
  }
}
