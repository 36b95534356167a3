package io.github.jsendfile.endpoint;

/// One end of a transfer that is not the file.
public interface Endpoint {
  /// Whether it is open as far as can be known.
  boolean isOpen();

  /// Whether there is a peer at the other end whom a failure can be laid to.
  boolean hasPeer();

  /// Whether an interrupt ends a wait, as it does in NIO.
  boolean isInterruptible();

  /// Closes it from any thread, abortively where it is TCP, so that who waits for it stops
  /// waiting. Never waits itself.
  void abort();
}
