package io.github.jsendfile.http.exchange;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The body of a request cannot be had. The connection ends behind the answer, if one can still be
/// given.
public final class BodyException extends IOException {
  /// The status for a body that is too slow.
  public static final int TOO_SLOW = 408;

  private static final long serialVersionUID = 1;

  private final int status;
  private final long bytesReceived;

  /// Makes one.
  ///
  /// @param status of the answer: 400 for a malformed or broken body, 408 for one that is too slow,
  ///     413 for one that is too long
  /// @param bytesReceived how much of it was received before
  public BodyException(int status, String message, long bytesReceived, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.bytesReceived = bytesReceived;
  }

  /// The status of the answer.
  public int status() {
    return status;
  }

  /// How much was received before.
  public long bytesReceived() {
    return bytesReceived;
  }
}
