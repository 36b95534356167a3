package io.github.jsendfile;

import org.jspecify.annotations.Nullable;

/// No byte moved for a whole `stallTimeout`, or fewer than the `leastRate` in its window. Caused by
/// a [java.net.SocketTimeoutException]. When sending, the socket has been closed, abortively where
/// it is TCP; when receiving over TCP it is open and usable.
public final class PeerStalledException extends TransferException {
  private static final long serialVersionUID = 1L;

  /// Makes one.
  ///
  /// @param message doing what, to what, expected, got
  /// @param bytesTransferred bytes of the file that moved
  /// @param mechanism the way they went
  /// @param cause what was thrown below, if anything
  public PeerStalledException(
      String message, long bytesTransferred, Mechanism mechanism, @Nullable Throwable cause) {
    super(message, bytesTransferred, mechanism, cause);
  }
}
