package io.github.jsendfile.bench.peer;

/// How a peer takes what it is sent.
public enum Manner {
  /// As fast as it can, with a large buffer.
  FAST(0),
  /// With a small buffer and a pause after each read, so that the sender waits again and again.
  IN_BURSTS(16 * 1024),
  /// Not at all.
  STALLED(16 * 1024),
  /// As fast as it can, with an answer of one byte to every [#ACKNOWLEDGED_BYTES].
  ACKNOWLEDGING(0);

  /// What an acknowledging peer answers to.
  public static final int ACKNOWLEDGED_BYTES = 1 << 20;

  private final int receiveBufferBytes;

  Manner(int receiveBufferBytes) {
    this.receiveBufferBytes = receiveBufferBytes;
  }

  /// Its SO_RCVBUF; 0 for what the kernel thinks best.
  int receiveBufferBytes() {
    return receiveBufferBytes;
  }
}
