package io.github.jsendfile;

import org.jspecify.annotations.Nullable;

/// The peer reset or closed the connection before it had taken everything, or stopped sending
/// before the length it owed.
public final class PeerClosedException extends TransferException {
  private static final long serialVersionUID = 1L;

  /// Makes one.
  ///
  /// @param message doing what, to what, expected, got
  /// @param bytesTransferred bytes of the file that moved
  /// @param mechanism the way they went
  /// @param cause what was thrown below, if anything
  public PeerClosedException(
      String message, long bytesTransferred, Mechanism mechanism, @Nullable Throwable cause) {
    super(message, bytesTransferred, mechanism, cause);
  }
}
