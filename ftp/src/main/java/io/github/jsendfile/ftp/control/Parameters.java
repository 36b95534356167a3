package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.listing.Fact;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/// What a client has set for its transfers and lists. Used by the control thread only.
final class Parameters {
  /// What a transfer's bytes stand for.
  enum Type {
    ASCII,
    BINARY
  }

  private Type type = Type.ASCII;
  private long restart;
  private OptionalLong allocation = OptionalLong.empty();
  private boolean extendedPassiveOnly;
  private Set<Fact> facts = EnumSet.copyOf(Fact.SHOWN_FIRST);
  private DigestCommands.Algorithm digest = DigestCommands.Algorithm.SHA_256;

  Type type() {
    return type;
  }

  void type(Type newType) {
    type = newType;
  }

  /// Sets where the next transfer begins.
  void restart(long offset) {
    restart = offset;
  }

  /// Whether a REST waits for its transfer.
  boolean isRestartPending() {
    return restart > 0;
  }

  /// Where the next transfer begins; it counts once.
  long takeRestart() {
    long offset = restart;
    restart = 0;
    return offset;
  }

  void allocation(long bytes) {
    allocation = OptionalLong.of(bytes);
  }

  /// How long the next upload is said to be; it counts once.
  OptionalLong takeAllocation() {
    OptionalLong bytes = allocation;
    allocation = OptionalLong.empty();
    return bytes;
  }

  boolean isExtendedPassiveOnly() {
    return extendedPassiveOnly;
  }

  /// From now on only EPSV opens data connections, so that a translating router need not look.
  void extendedPassiveOnly() {
    extendedPassiveOnly = true;
  }

  Set<Fact> facts() {
    return facts;
  }

  void facts(Set<Fact> shown) {
    facts = shown;
  }

  DigestCommands.Algorithm digest() {
    return digest;
  }

  void digest(DigestCommands.Algorithm algorithm) {
    digest = algorithm;
  }
}
