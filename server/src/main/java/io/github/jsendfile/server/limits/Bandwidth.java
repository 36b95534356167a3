package io.github.jsendfile.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.jsendfile.RateLimit;
import java.util.ArrayList;
import java.util.List;

/// How fast bytes may go in one direction: of each transfer, of all transfers of a user together,
/// of all in all. What it gives is kept by the library's own senders and receivers, so files still
/// go by zero-copy. Thread-safe.
public final class Bandwidth {
  private static final Bandwidth UNLIMITED = new Builder().build();

  private final long perTransfer;
  private final long perUser;
  private final List<RateLimit> total;

  /// A user's limit lives as long as one of their transfers holds it.
  private final Cache<String, RateLimit> users = Caffeine.newBuilder().weakValues().build();

  private Bandwidth(Builder builder) {
    this.perTransfer = builder.perTransfer;
    this.perUser = builder.perUser;
    this.total = builder.total > 0 ? List.of(RateLimit.bytesPerSecond(builder.total)) : List.of();
  }

  /// No limits.
  ///
  /// @return the one instance
  public static Bandwidth unlimited() {
    return UNLIMITED;
  }

  /// Limits, none at first.
  ///
  /// @return a builder
  public static Builder builder() {
    return new Builder();
  }

  /// The limits of a new transfer: to be given, each of them, to its sender or receiver.
  ///
  /// @param user whose transfer it is; all that are anonymous share one name
  /// @return empty without limits
  public List<RateLimit> forTransfer(String user) {
    if (isUnlimited()) {
      return List.of();
    }
    List<RateLimit> limits = new ArrayList<>(total);
    if (perUser > 0) {
      limits.add(users.get(user, _ -> RateLimit.bytesPerSecond(perUser)));
    }
    if (perTransfer > 0) {
      limits.add(RateLimit.bytesPerSecond(perTransfer));
    }
    return List.copyOf(limits);
  }

  /// Whether there are no limits at all.
  ///
  /// @return true if [#forTransfer] is always empty
  public boolean isUnlimited() {
    return perTransfer == 0 && perUser == 0 && total.isEmpty();
  }

  /// Limits in bytes a second.
  public static final class Builder {
    private long perTransfer;
    private long perUser;
    private long total;

    private Builder() {}

    /// Bounds each transfer.
    ///
    /// @param bytesPerSecond at least 1
    /// @return this builder
    public Builder perTransfer(long bytesPerSecond) {
      this.perTransfer = atLeastOne("perTransfer", bytesPerSecond);
      return this;
    }

    /// Bounds all transfers of a user together.
    ///
    /// @param bytesPerSecond at least 1
    /// @return this builder
    public Builder perUser(long bytesPerSecond) {
      this.perUser = atLeastOne("perUser", bytesPerSecond);
      return this;
    }

    /// Bounds all transfers together.
    ///
    /// @param bytesPerSecond at least 1
    /// @return this builder
    public Builder total(long bytesPerSecond) {
      this.total = atLeastOne("total", bytesPerSecond);
      return this;
    }

    /// Makes the limits.
    ///
    /// @return limits that the transfers given them share
    public Bandwidth build() {
      return new Bandwidth(this);
    }

    private static long atLeastOne(String option, long value) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " is " + value + "; it must be 1 or more");
      }
      return value;
    }
  }
}
