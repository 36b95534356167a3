package io.github.jsendfile;

import org.jspecify.annotations.Nullable;

/// The file ended before the length that an `exactly()` transfer owed its peer. The socket is
/// open; the peer has been promised more than it can be given, so most callers will close it.
public final class FileTruncatedException extends TransferException {
  private static final long serialVersionUID = 1L;

  /// Makes one.
  ///
  /// @param message doing what, to what, expected, got
  /// @param bytesTransferred bytes of the file that moved
  /// @param mechanism the way they went
  /// @param cause what was thrown below, if anything
  public FileTruncatedException(
      String message, long bytesTransferred, Mechanism mechanism, @Nullable Throwable cause) {
    super(message, bytesTransferred, mechanism, cause);
  }
}
