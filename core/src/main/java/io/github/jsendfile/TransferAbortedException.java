package io.github.jsendfile;

import org.jspecify.annotations.Nullable;

/// The transfer was ended from outside: [Thread#interrupt()], another thread that closed the
/// socket, a [PendingTransfer] completed by somebody, or a progress listener that threw. The
/// cause tells which.
public final class TransferAbortedException extends TransferException {
  private static final long serialVersionUID = 1L;

  /// Makes one.
  ///
  /// @param message doing what, to what, expected, got
  /// @param bytesTransferred bytes of the file that moved
  /// @param mechanism the way they went
  /// @param cause what was thrown below, if anything
  public TransferAbortedException(
      String message, long bytesTransferred, Mechanism mechanism, @Nullable Throwable cause) {
    super(message, bytesTransferred, mechanism, cause);
  }
}
