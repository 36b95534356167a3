package io.github.jsendfile.server.listener;

import java.io.IOException;

/// Serves one connection, on a virtual thread of its own.
@FunctionalInterface
public interface ConnectionHandler {
  /// Serves a connection until it is over; the listener closes it afterwards.
  ///
  /// @param connection one that has just been accepted, busy until it says otherwise
  /// @throws IOException if the connection breaks: no more than a line in the debug log
  void handle(Connection connection) throws IOException;
}
