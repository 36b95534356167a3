package io.github.jsendfile.endpoint;

import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.JdkSocket;
import io.github.jsendfile.linux.NativeAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/// A socket that is no channel: written through its stream, which returns only when all is taken;
/// where it is the JDK's own and the kernel can be called, by the kernel's own call in between.
public final class SocketTarget implements Target {
  private static final int MAX_WRITE_BYTES = 16 * 1024;

  private final Socket socket;
  private final @Nullable Descriptors descriptors;
  private final @Nullable JdkSocket jdkSocket;
  private final byte[] chunk = new byte[MAX_WRITE_BYTES];
  private boolean toUnblock;
  private boolean unblocked;

  /// Writes to `socket`.
  public SocketTarget(Socket socket) {
    this(socket, NativeAccess.descriptors());
  }

  /// Writes to `socket`, whose descriptor `descriptors` finds, if the kernel can be called at all.
  public SocketTarget(Socket socket, @Nullable Descriptors descriptors) {
    this.socket = socket;
    this.descriptors = descriptors;
    this.jdkSocket = descriptors == null ? null : JdkSocket.of(socket);
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
      write(stream, length);
      total += length;
      from = advance(buffers, from, length);
    }
    return total;
  }

  /// On a virtual thread the JDK makes the descriptor non-blocking before it writes, for good. If
  /// no virtual thread runs in time, it stays as it is.
  private void write(OutputStream stream, int length) throws IOException {
    boolean elsewhere = toUnblock && !Thread.currentThread().isVirtual();
    toUnblock = false;
    if (!elsewhere || !OnVirtualThread.does(() -> stream.write(chunk, 0, length))) {
      stream.write(chunk, 0, length);
    }
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

  /// A write never takes a part. One behind the kernel's call waits for room.
  @Override
  public boolean writesPartially() {
    return true;
  }

  @Override
  public boolean tellsWhatIsTaken() {
    return jdkSocket != null;
  }

  @Override
  public long taken() {
    return descriptors == null || jdkSocket == null ? -1 : descriptors.acknowledged(jdkSocket);
  }

  @Override
  public void limitUnsent(int bytes) throws IOException {
    if (descriptors != null && jdkSocket != null) {
      descriptors.limitUnsent(jdkSocket, bytes);
    }
  }

  @Override
  public void holdPartSegments(boolean on) {
    if (descriptors != null && jdkSocket != null) {
      descriptors.cork(jdkSocket, on);
    }
  }

  @Override
  public @Nullable JdkSocket jdkSocket() {
    return jdkSocket;
  }

  /// Nothing less than a byte does it: a write of none does not reach the descriptor.
  @Override
  public boolean unblocksByWriting() {
    boolean first = !unblocked;
    toUnblock = first;
    unblocked = true;
    return first;
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
    Thread.ofPlatform().daemon().name("jsendfile-close").start(this::reset);
  }

  private void reset() {
    try (Descriptors.Duplicate duplicate = duplicate()) {
      close(); // first: who is woken by the reset is to find it closed
      if (duplicate != null) {
        duplicate.reset();
      }
    }
  }

  private Descriptors.@Nullable Duplicate duplicate() {
    try {
      return descriptors == null || jdkSocket == null ? null : descriptors.of(jdkSocket);
    } catch (IOException e) {
      return null; // closed meanwhile, or none is left
    }
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
