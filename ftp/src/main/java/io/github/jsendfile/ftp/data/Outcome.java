package io.github.jsendfile.ftp.data;

import io.github.jsendfile.Mechanism;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a transfer ended.
///
/// @param end in which way
/// @param bytes how many moved
/// @param elapsed from its command to its end
/// @param mechanism the way the bytes went
/// @param cause why it failed, if it did
public record Outcome(
    End end, long bytes, Duration elapsed, Mechanism mechanism, @Nullable IOException cause) {
  /// The ways a transfer ends.
  public enum End {
    /// All of it moved and lasts.
    COMPLETED,
    /// No data connection came about.
    NO_CONNECTION,
    /// It was stopped: by ABOR, or because the client has gone.
    ABORTED,
    /// It failed by itself.
    FAILED
  }

  /// Why it failed.
  public Optional<IOException> failure() {
    return Optional.ofNullable(cause);
  }

  /// Whether all of it moved and lasts.
  public boolean isComplete() {
    return end == End.COMPLETED;
  }
}
