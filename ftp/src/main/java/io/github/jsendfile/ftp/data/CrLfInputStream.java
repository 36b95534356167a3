package io.github.jsendfile.ftp.data;

import java.io.IOException;
import java.io.InputStream;

/// A file as TYPE A sends it: each LF goes as CR LF (RFC 959 §3.1.1.1), one that has its CR
/// already stays as it is. Not thread-safe.
public final class CrLfInputStream extends InputStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream file;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private int previous = -1;

  /// Converts what a file yields; closes it at its own close.
  public CrLfInputStream(InputStream file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] destination, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == limit && !fill()) {
      return -1;
    }
    int count = 0;
    while (count < length && position < limit) {
      int next = buffer[position];
      if (next == '\n' && previous != '\r') {
        previous = '\r'; // then the same LF is met again
      } else {
        previous = next;
        position++;
      }
      destination[offset + count++] = (byte) previous;
    }
    return count;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, file.read(buffer));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
