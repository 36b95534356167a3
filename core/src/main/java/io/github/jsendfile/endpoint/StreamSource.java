package io.github.jsendfile.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes that come only once and only in order: an `InputStream`, a FIFO, a device. A window of
/// the last 16 KiB makes what was read and not yet sent readable again; a position ahead of the
/// window is reached by reading.
public final class StreamSource implements Source {
  /// The most that a parked transfer from a stream holds.
  private static final int WINDOW_BYTES = 16 * 1024;

  private final StreamReader reader;
  private final byte[] window = new byte[WINDOW_BYTES];
  private long windowPosition;
  private int windowLength;
  private boolean ended;

  /// Reads from `reader`, and closes it in the end.
  public StreamSource(StreamReader reader) {
    this.reader = reader;
  }

  @Override
  public void await(long position) throws IOException {
    while (!ended && position >= windowPosition + windowLength) {
      windowPosition += windowLength;
      windowLength = 0;
      int count = readSome();
      ended = count < 0;
      windowLength = Math.max(0, count);
    }
  }

  @Override
  public int read(ByteBuffer destination, long position) throws IOException {
    await(position);
    int from = (int) (position - windowPosition);
    if (from >= windowLength) {
      return -1;
    }
    int count = Math.min(destination.remaining(), windowLength - from);
    destination.put(window, from, count);
    return count;
  }

  private int readSome() throws IOException {
    try {
      return reader.read(window);
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }

  @Override
  public long size() {
    return UNKNOWN_SIZE;
  }

  @Override
  public boolean mayWait() {
    return true;
  }

  @Override
  public void wakeUp() {
    reader.wakeUp();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
