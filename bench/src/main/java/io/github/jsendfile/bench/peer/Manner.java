package io.github.jsendfile.bench.peer;

/// How a peer takes what it is sent.
public enum Manner {
  /// As fast as it can, with a large buffer.
  FAST(0),
  /// With a small buffer and a pause after each read, so that the sender waits again and again.
  IN_BURSTS(16 * 1024),
  /// Not at all.
  STALLED(16 * 1024),
  /// As fast as it can, with an answer of one byte whenever as much has arrived as the sender says
  /// in the first four bytes.
  ANSWERING(0);

  private final int receiveBufferBytes;

  Manner(int receiveBufferBytes) {
    this.receiveBufferBytes = receiveBufferBytes;
  }

  /// Its SO_RCVBUF; 0 for what the kernel thinks best.
  int receiveBufferBytes() {
    return receiveBufferBytes;
  }
}
