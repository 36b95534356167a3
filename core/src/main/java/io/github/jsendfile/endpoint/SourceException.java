package io.github.jsendfile.endpoint;

import java.io.IOException;

/// Says that the file failed, and not the peer: any other `IOException` of an attempt is the
/// target's.
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException failure;

  /// Wraps what reading the file threw.
  public SourceException(IOException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /// What reading the file threw.
  public IOException failure() {
    return failure;
  }
}
