package io.github.jsendfile.http;

import java.io.IOException;

/// Lets the program around the server answer requests itself. It is asked before the files are;
/// called by many threads at once, each a virtual one, so it may block.
@FunctionalInterface
public interface HttpHandler {
  /// Answers a request, or leaves the reply as it is: then the server's files answer.
  ///
  /// The answer is sent when this returns. What it throws becomes a 500, of which the client learns
  /// no more than the number.
  ///
  /// @param request what is asked for
  /// @param reply takes the answer
  /// @throws IOException if the request's body cannot be read, or for any reason of its own
  void handle(Request request, Reply reply) throws IOException;
}
