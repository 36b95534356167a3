package io.github.jsendfile.ftp.session;

import io.github.jsendfile.ftp.listing.Fact;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/// What a client has set for its transfers and lists. Used by the control thread only.
public final class Parameters {
  /// What a transfer's bytes stand for.
  public enum Type {
    ASCII,
    BINARY
  }

  private Type type = Type.ASCII;
  private long restart;
  private OptionalLong allocation = OptionalLong.empty();
  private boolean extendedPassiveOnly;
  private Set<Fact> facts = EnumSet.copyOf(Fact.SHOWN_FIRST);
  private DigestAlgorithm digest = DigestAlgorithm.SHA_256;

  public Type type() {
    return type;
  }

  public void type(Type newType) {
    type = newType;
  }

  /// Sets where the next transfer begins.
  public void restart(long offset) {
    restart = offset;
  }

  /// Whether a REST waits for its transfer.
  public boolean isRestartPending() {
    return restart > 0;
  }

  /// Where the next transfer begins; it counts once.
  public long takeRestart() {
    long offset = restart;
    restart = 0;
    return offset;
  }

  public void allocation(long bytes) {
    allocation = OptionalLong.of(bytes);
  }

  /// How long the next upload is said to be; it counts once.
  public OptionalLong takeAllocation() {
    OptionalLong bytes = allocation;
    allocation = OptionalLong.empty();
    return bytes;
  }

  public boolean isExtendedPassiveOnly() {
    return extendedPassiveOnly;
  }

  /// From now on only EPSV opens data connections, so that a translating router need not look.
  public void extendedPassiveOnly() {
    extendedPassiveOnly = true;
  }

  public Set<Fact> facts() {
    return facts;
  }

  public void facts(Set<Fact> shown) {
    facts = shown;
  }

  public DigestAlgorithm digest() {
    return digest;
  }

  public void digest(DigestAlgorithm algorithm) {
    digest = algorithm;
  }
}
