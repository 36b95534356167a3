package io.github.jsendfile.server.listener;

/// Why a listener does not let a connection in.
public enum Refusal {
  /// As many connections as the listener takes are open.
  TOO_MANY,
  /// As many connections as the listener takes of one address are open from there.
  TOO_MANY_FROM_ADDRESS,
  /// The address is not to be served.
  NOT_ADMITTED
}
