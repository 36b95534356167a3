package io.github.jsendfile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A transfer failed after it had begun. The count is exact, but after [Thread#interrupt()] a
/// lower bound, short by at most one call. Subclasses exist where a caller would act differently;
/// one of this very class means that the file could not be read or written.
public sealed class TransferException extends IOException
    permits PeerStalledException,
        PeerClosedException,
        TransferTimeoutException,
        FileTruncatedException,
        TransferAbortedException,
        MechanismUnavailableException {
  private static final long serialVersionUID = 1L;

  private final long bytesTransferred;
  private final Mechanism mechanism;

  /// Makes one.
  ///
  /// @param message doing what, to what, expected, got
  /// @param bytesTransferred bytes of the file that moved
  /// @param mechanism the way they went
  /// @param cause what was thrown below, if anything
  public TransferException(
      String message, long bytesTransferred, Mechanism mechanism, @Nullable Throwable cause) {
    super(message, cause);
    this.bytesTransferred = bytesTransferred;
    this.mechanism = mechanism;
  }

  /// How many bytes of the file had moved when the transfer failed.
  ///
  /// @return a count of bytes, 0 or more
  public final long bytesTransferred() {
    return bytesTransferred;
  }

  /// The way the bytes went.
  ///
  /// @return the mechanism in use when the transfer failed, or the one it would have used
  public final Mechanism mechanism() {
    return mechanism;
  }
}
