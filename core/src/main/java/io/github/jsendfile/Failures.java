package io.github.jsendfile;

import io.github.jsendfile.endpoint.Endpoint;
import io.github.jsendfile.endpoint.SourceException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;

/// Whose fault it was. Told by who stopped what and by elimination, never by the words of a
/// message.
final class Failures {
  private Failures() {}

  /// Turns what an attempt threw into what the caller is told.
  static TransferException of(IOException e, Watch.State state, Endpoint endpoint, Tally tally) {
    if (e instanceof TransferException known) {
      return known;
    }
    long sent = tally.bytesSent();
    Mechanism mechanism = tally.mechanism();
    String count = " after " + sent + " bytes of the file";
    IOException cause = e instanceof SourceException source ? source.failure() : e;
    if (state == Watch.State.STALLED) {
      return new PeerStalledException(
          "no byte moved for the whole stallTimeout" + count,
          sent,
          mechanism,
          timeout("stallTimeout", e));
    }
    if (state == Watch.State.TOO_SLOW) {
      return new PeerStalledException(
          "the peer took less than its least rate" + count,
          sent,
          mechanism,
          timeout("the window of leastRate", e));
    }
    if (state == Watch.State.TIMED_OUT) {
      return new TransferTimeoutException(
          "the transfer took longer than its timeout" + count,
          sent,
          mechanism,
          timeout("timeout", e));
    }
    boolean interrupted = Thread.currentThread().isInterrupted();
    if (cause instanceof ClosedByInterruptException || (interrupted && !endpoint.isOpen())) {
      return new TransferAbortedException(
          "interrupted" + count, sent, mechanism, byInterrupt(cause));
    }
    if (state == Watch.State.CANCELLED || (!endpoint.isOpen() && !(e instanceof SourceException))) {
      return new TransferAbortedException(
          (state == Watch.State.CANCELLED ? "cancelled" : "another thread closed the socket")
              + count,
          sent,
          mechanism,
          byClose(cause));
    }
    if (e instanceof SourceException) {
      return new TransferException(
          "cannot read the file" + count + ": " + words(cause), sent, mechanism, cause);
    }
    return endpoint.hasPeer()
        ? new PeerClosedException(
            "the peer closed the connection" + count + ": " + words(e), sent, mechanism, e)
        : new TransferException(
            "cannot write to the target" + count + ": " + words(e), sent, mechanism, e);
  }

  /// What a failure says of itself; one of a channel that is closed says nothing but its name.
  static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static IOException timeout(String limit, IOException cause) {
    return (IOException) new SocketTimeoutException(limit + " has passed").initCause(cause);
  }

  private static IOException byInterrupt(IOException cause) {
    return cause instanceof ClosedByInterruptException
        ? cause
        : (IOException) new ClosedByInterruptException().initCause(cause);
  }

  private static IOException byClose(IOException cause) {
    return cause instanceof AsynchronousCloseException
        ? cause
        : (IOException) new AsynchronousCloseException().initCause(cause);
  }
}
