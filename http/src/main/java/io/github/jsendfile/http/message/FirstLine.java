package io.github.jsendfile.http.message;

import java.nio.ByteBuffer;

/// Sees the bytes of a request's first line before jetty's parser does, which knows no version but
/// HTTP/1.0 and 1.1, and those in any case. A later minor version is to be served as the latest one
/// that is known (RFC 9110, 2.5), and the name is case-sensitive (RFC 9112, 2.3).
final class FirstLine {
  private static final byte[] VERSION = {' ', 'H', 'T', 'T', 'P', '/', '1', '.'};

  private int matched;
  private boolean hasBegun;
  private boolean hasEnded;

  /// Looks at all that is left in a buffer, once, and writes 1 in the place of a later minor
  /// version.
  void read(ByteBuffer buffer) {
    for (int i = buffer.position(); i < buffer.limit() && !hasEnded; i++) {
      byte b = buffer.get(i);
      if (isVersion()) {
        hasEnded = true;
        if (b > '1' && b <= '9') {
          buffer.put(i, (byte) '1');
        }
      } else {
        step(b);
      }
    }
  }

  /// Empty lines may stand before the first one.
  private void step(byte b) {
    hasBegun |= b != '\r' && b != '\n';
    hasEnded = b == '\n' && hasBegun;
    matched = b == VERSION[matched] ? matched + 1 : b == VERSION[0] ? 1 : 0;
  }

  /// Whether it named major version 1, as far as it was read.
  boolean isVersion() {
    return matched == VERSION.length;
  }

  /// Turns to the next request.
  void reset() {
    matched = 0;
    hasBegun = false;
    hasEnded = false;
  }
}
