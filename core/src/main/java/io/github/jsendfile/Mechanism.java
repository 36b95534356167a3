package io.github.jsendfile;

import java.util.Locale;

/// The ways bytes can go from a file to a socket, best first. A transfer takes the first that is
/// allowed, available and fits its file and its socket, and says in [Transfer#mechanism()] which.
public enum Mechanism {
  /// The kernel's own call, made directly: `sendfile(2)` on Linux.
  NATIVE("native"),
  /// [java.nio.channels.FileChannel#transferTo], which the JDK maps to the kernel's call where it
  /// can. Only the JDK knows whether it did; see [Availability#detail()].
  CHANNEL_TRANSFER("channel"),
  /// Read into a direct buffer and write from it. Works everywhere, at the price of the CPU.
  BUFFERED_COPY("copy");

  private final String word;

  Mechanism(String word) {
    this.word = word;
  }

  /// The short name that options, reports and the command line use.
  ///
  /// @return `native`, `channel` or `copy`
  public String word() {
    return word;
  }

  /// The mechanism with this short name.
  ///
  /// @param word `native`, `channel` or `copy`, in any case
  /// @return the mechanism
  /// @throws IllegalArgumentException if there is none
  public static Mechanism of(String word) {
    for (Mechanism mechanism : values()) {
      if (mechanism.word.equals(word.toLowerCase(Locale.ROOT))) {
        return mechanism;
      }
    }
    throw new IllegalArgumentException(
        "no mechanism is called \"" + word + "\": native, channel and copy are");
  }

  /// What this JVM on this machine can do.
  ///
  /// @return available or not, with the reason
  public Availability availability() {
    return Availability.of(this);
  }
}
