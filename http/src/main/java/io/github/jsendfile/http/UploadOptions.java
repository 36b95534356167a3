package io.github.jsendfile.http;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.files.Existing;
import java.time.Duration;
import java.util.Set;

/// What uploads to an [HttpFileServer] may do. Immutable, thread-safe.
///
/// An upload has its name only when it is complete and on the disk. Of one that breaks off nothing
/// is visible; what has come is kept for a while under a hidden name, and counts for the quota.
public final class UploadOptions {
  private final Existing existing;
  private final long mostBytes;
  private final long quotaBytes;
  private final long quotaBytesOfUser;
  private final Duration resumableFor;
  private final Set<String> hostNames;

  private UploadOptions(Builder builder) {
    existing = builder.existing;
    mostBytes = builder.mostBytes;
    quotaBytes = builder.quotaBytes;
    quotaBytesOfUser = builder.quotaBytesOfUser;
    resumableFor = builder.resumableFor;
    hostNames = builder.hostNames;
  }

  /// New files only, of any size.
  ///
  /// @return the defaults of [#builder()]
  public static UploadOptions defaults() {
    return builder().build();
  }

  /// Begins with the defaults.
  ///
  /// @return a builder
  public static Builder builder() {
    return new Builder();
  }

  Existing existing() {
    return existing;
  }

  long mostBytes() {
    return mostBytes;
  }

  long quotaBytes() {
    return quotaBytes;
  }

  long quotaBytesOfUser() {
    return quotaBytesOfUser;
  }

  Duration resumableFor() {
    return resumableFor;
  }

  Set<String> hostNames() {
    return hostNames;
  }

  /// Options, checked when they are set. Not thread-safe.
  public static final class Builder {
    private Existing existing = Existing.KEEP;
    private long mostBytes = Long.MAX_VALUE;
    private long quotaBytes = Long.MAX_VALUE;
    private long quotaBytesOfUser = Long.MAX_VALUE;
    private Duration resumableFor = Duration.ofHours(24);
    private Set<String> hostNames = Set.of();

    private Builder() {}

    /// What becomes of a file that an upload has the name of.
    ///
    /// @param existing it is kept, and the upload refused, if not set
    /// @return this builder
    public Builder existing(Existing existing) {
      this.existing = requireNonNull(existing, "existing");
      return this;
    }

    /// How long one file may be; what is longer is answered 413.
    ///
    /// @param bytes at least 1; no bound if not set
    /// @return this builder
    public Builder mostBytes(long bytes) {
      this.mostBytes = atLeastOne("mostBytes", bytes);
      return this;
    }

    /// How many bytes all files together may have, whoever put them there; what is more is answered
    /// 507.
    ///
    /// @param bytes at least 1; no bound if not set
    /// @return this builder
    public Builder quotaBytes(long bytes) {
      this.quotaBytes = atLeastOne("quotaBytes", bytes);
      return this;
    }

    /// How many bytes the files in the home of a user may have; what is more is answered 507.
    ///
    /// @param bytes at least 1; no bound if not set
    /// @return this builder
    public Builder quotaBytesOfUser(long bytes) {
      this.quotaBytesOfUser = atLeastOne("quotaBytesOfUser", bytes);
      return this;
    }

    /// How long after its last byte an upload that broke off can be resumed.
    ///
    /// @param time more than zero; 24 hours if not set
    /// @return this builder
    public Builder resumableFor(Duration time) {
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException(
            "resumableFor is " + time + "; it must be more than zero");
      }
      this.resumableFor = time;
      return this;
    }

    /// The names this server is known by, besides its addresses and `localhost`. Requests for
    /// others are answered 421.
    ///
    /// @param names without ports; none if not set
    /// @return this builder
    public Builder hostNames(Set<String> names) {
      this.hostNames = Set.copyOf(names);
      return this;
    }

    /// Puts them together.
    ///
    /// @return the options
    public UploadOptions build() {
      return new UploadOptions(this);
    }

    private static long atLeastOne(String option, long value) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " is " + value + "; it must be 1 or more");
      }
      return value;
    }
  }
}
