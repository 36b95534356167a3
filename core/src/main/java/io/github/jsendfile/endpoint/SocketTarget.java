package io.github.jsendfile.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;

/// A socket that is no channel: written through its stream, which returns only when all is taken.
public final class SocketTarget implements Target {
  private static final int MAX_WRITE_BYTES = 16 * 1024;

  private final Socket socket;
  private final byte[] chunk = new byte[MAX_WRITE_BYTES];

  /// Writes to `socket`.
  public SocketTarget(Socket socket) {
    this.socket = socket;
  }

  @Override
  public void check(boolean blocking) throws IOException {
    if (socket.isClosed() || socket.isOutputShutdown()) {
      throw new ClosedChannelException();
    }
    if (!socket.isConnected()) {
      throw new NotYetConnectedException();
    }
  }

  @Override
  public long write(ByteBuffer... buffers) throws IOException {
    OutputStream stream = stream();
    long total = 0;
    int from = 0;
    while (from < buffers.length) {
      int length = 0;
      int to = from;
      while (to < buffers.length) {
        int count = Math.min(buffers[to].remaining(), chunk.length - length);
        buffers[to].get(buffers[to].position(), chunk, length, count);
        length += count;
        if (count < buffers[to].remaining()) {
          break;
        }
        to++;
      }
      stream.write(chunk, 0, length);
      total += length;
      from = advance(buffers, from, length);
    }
    return total;
  }

  private OutputStream stream() throws IOException {
    try {
      return socket.getOutputStream();
    } catch (SocketException e) {
      if (socket.isClosed()) {
        throw (IOException) new ClosedChannelException().initCause(e);
      }
      throw e;
    }
  }

  /// Moves the positions by what was written, only now that it was.
  private static int advance(ByteBuffer[] buffers, int from, int written) {
    int index = from;
    int left = written;
    while (index < buffers.length && left >= buffers[index].remaining()) {
      left -= buffers[index].remaining();
      buffers[index].position(buffers[index].limit());
      index++;
    }
    if (left > 0) {
      buffers[index].position(buffers[index].position() + left);
    }
    return index;
  }

  @Override
  public int maxWriteBytes() {
    return MAX_WRITE_BYTES;
  }

  @Override
  public boolean writesPartially() {
    return false;
  }

  @Override
  public boolean isInterruptible() {
    return false;
  }

  @Override
  public boolean hasPeer() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  /// On a thread of its own: closing a TLS socket may wait for the very write it is to end.
  @Override
  public void abort() {
    Thread.ofPlatform().daemon().name("jsendfile-close").start(this::close);
  }

  private void close() {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException ignored) { // closed already
    }
    try {
      socket.close();
    } catch (IOException ignored) { // the failure that led here is the one to report
    }
  }
}
