package io.github.jsendfile.mechanism;

import java.io.IOException;

/// The file that receives failed, not the socket. Bytes that were taken from the socket and did not
/// reach the file are lost, as behind any write that fails.
public final class SinkException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long written;
  private final IOException failure;

  SinkException(long written, IOException failure) {
    super(failure);
    this.written = written;
    this.failure = failure;
  }

  /// How many bytes of the attempt reached the file before.
  public long written() {
    return written;
  }

  /// What failed.
  public IOException failure() {
    return failure;
  }
}
