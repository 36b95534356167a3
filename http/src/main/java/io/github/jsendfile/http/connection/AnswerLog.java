package io.github.jsendfile.http.connection;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.http.exchange.Exchange;
import java.net.InetSocketAddress;

/// Told of every answer, for logs and numbers.
public interface AnswerLog {
  /// Nobody who wants to know.
  AnswerLog NONE =
      new AnswerLog() {
        @Override
        public void answered(
            Exchange exchange,
            int status,
            long bodyBytes,
            Mechanism mechanism,
            long nanos,
            Outcome outcome) {}

        @Override
        public void refused(InetSocketAddress remote, int status, long bodyBytes) {}

        @Override
        public void timedOut(String limit) {}
      };

  /// How sending it went.
  enum Outcome {
    /// The kernel has taken all of it.
    COMPLETE,
    /// The client was gone, or the answer broke off for another reason.
    BROKEN,
    /// The client took nothing for too long, or too little.
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
  void refused(InetSocketAddress remote, int status, long bodyBytes);

  /// A client was too slow.
  ///
  /// @param limit which time limit has ended its request or its connection
  void timedOut(String limit);
}
