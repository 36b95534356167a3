package io.github.jsendfile.endpoint;

import java.io.IOException;

/// Says that the file failed, and not the peer: any other `IOException` of an attempt is the
/// target's. The cause is what was thrown.
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Wraps what reading the file threw.
  public SourceException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  @Override
  public synchronized IOException getCause() {
    return (IOException) super.getCause();
  }
}
