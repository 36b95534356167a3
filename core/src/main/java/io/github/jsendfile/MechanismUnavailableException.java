package io.github.jsendfile;

import org.jspecify.annotations.Nullable;

/// None of the mechanisms that the transfer was restricted to can be had for this file and this
/// socket; the message says why. Nothing was sent.
public final class MechanismUnavailableException extends TransferException {
  private static final long serialVersionUID = 1L;

  /// Makes one.
  ///
  /// @param message doing what, to what, expected, got
  /// @param bytesTransferred bytes of the file that moved
  /// @param mechanism the way they went
  /// @param cause what was thrown below, if anything
  public MechanismUnavailableException(
      String message, long bytesTransferred, Mechanism mechanism, @Nullable Throwable cause) {
    super(message, bytesTransferred, mechanism, cause);
  }
}
