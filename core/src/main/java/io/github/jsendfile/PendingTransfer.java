package io.github.jsendfile;

import java.util.concurrent.CompletableFuture;

/// A transfer under way on a virtual thread of its own. Completing it by any hand, with
/// `cancel`, `complete`, `completeExceptionally` or a time-out, stops the transfer by closing the
/// socket. Thread-safe.
public final class PendingTransfer extends CompletableFuture<Transfer> {
  private final TransferLoop loop;

  PendingTransfer(TransferLoop loop) {
    this.loop = loop;
    var _ = whenComplete((transfer, failure) -> loop.stop(Watch.State.CANCELLED));
  }

  /// How many bytes of the file have moved so far.
  ///
  /// @return a count of bytes
  public long bytesTransferred() {
    return loop.bytesSent();
  }

  /// A future made from this one is an ordinary one: completing it stops nothing.
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
