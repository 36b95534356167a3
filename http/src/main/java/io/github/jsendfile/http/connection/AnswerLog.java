package io.github.jsendfile.http.connection;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.http.exchange.Exchange;

/// Told of every answer, for logs and numbers.
public interface AnswerLog {
  /// How sending it went.
  enum Outcome {
    /// The kernel has taken all of it.
    COMPLETE,
    /// The client was gone, or the answer broke off for another reason.
    BROKEN,
    /// The client took nothing for too long.
    STALLED
  }

  /// An answer that is over.
  ///
  /// @param exchange what was asked
  /// @param status what was answered
  /// @param bodyBytes how many bytes of the body the kernel took
  /// @param mechanism how most of them went
  /// @param nanos from the request's head to the end
  void answered(
      Exchange exchange,
      int status,
      long bodyBytes,
      Mechanism mechanism,
      long nanos,
      Outcome outcome);

  /// Something that is no request, and was answered with an error.
  ///
  /// @param remote who sent it
  void refused(java.net.InetSocketAddress remote, int status, long bodyBytes);
}
