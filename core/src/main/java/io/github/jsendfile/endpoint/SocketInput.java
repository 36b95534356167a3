package io.github.jsendfile.endpoint;

import io.github.jsendfile.linux.JdkSocket;
import io.github.jsendfile.linux.NativeAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a socket receives. Where it has a [Socket], a channel's own adaptor included, a wait for
/// the first bytes can be timed and leaves the socket usable; a UNIX-domain channel has none.
public final class SocketInput implements Endpoint, AutoCloseable {
  /// A count that cannot be told.
  public static final int UNKNOWN = -1;

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(Integer.MAX_VALUE);
  private static final int FIRST_BYTES = 8 * 1024;
  private static final int COPY_BYTES = 64 * 1024;

  private final @Nullable SocketChannel channel;
  private final @Nullable Socket socket;
  private final @Nullable JdkSocket jdkSocket;
  private @Nullable InputStream stream;
  private byte[] bytes = {};
  private int timeoutBefore;
  private boolean timesEveryWait;
  private boolean unblocked;

  private SocketInput(@Nullable SocketChannel channel, @Nullable Socket socket) {
    this.channel = channel;
    this.socket = socket;
    this.jdkSocket = jdkSocket(channel, socket);
  }

  /// Reads a channel.
  public static SocketInput of(SocketChannel channel) throws IOException {
    boolean local =
        channel.isOpen() && channel.getLocalAddress() instanceof UnixDomainSocketAddress;
    return new SocketInput(channel, local ? null : channel.socket());
  }

  /// Reads a socket.
  public static SocketInput of(Socket socket) throws IOException {
    return socket.getChannel() != null
        ? new SocketInput(socket.getChannel(), socket)
        : new SocketInput(null, socket);
  }

  /// Checks, before anything is read, that it is open, connected and blocks; [#close()] undoes
  /// what this sets.
  public void open() throws IOException {
    if (channel != null) {
      if (!channel.isOpen()) {
        throw new ClosedChannelException();
      }
      if (!channel.isConnected()) {
        throw new NotYetConnectedException();
      }
      if (!channel.isBlocking()) {
        throw new IllegalBlockingModeException();
      }
    }
    if (socket != null) {
      if (socket.isClosed() || socket.isInputShutdown()) {
        throw new ClosedChannelException();
      }
      if (!socket.isConnected()) {
        throw new NotYetConnectedException();
      }
      stream = socket.getInputStream();
      timeoutBefore = socket.getSoTimeout();
    }
  }

  /// Whether a wait can be timed; if not, closing the channel is the only way to end it.
  public boolean isTimed() {
    return socket != null;
  }

  @Override
  public boolean isInterruptible() {
    return channel != null;
  }

  @Override
  public boolean hasPeer() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return channel != null ? channel.isOpen() : socket != null && !socket.isClosed();
  }

  /// How many bytes can be read without waiting.
  ///
  /// @return a count, or [#UNKNOWN] if that cannot be told
  public int available() throws IOException {
    return stream == null ? UNKNOWN : stream.available();
  }

  /// The socket whose descriptor the kernel's own call can be made on.
  ///
  /// @return null when there is none
  public @Nullable JdkSocket jdkSocket() {
    return jdkSocket;
  }

  private static @Nullable JdkSocket jdkSocket(
      @Nullable SocketChannel channel, @Nullable Socket socket) {
    if (NativeAccess.descriptors() == null) {
      return null;
    }
    if (channel != null) {
      return Platform.isDefaultProvider(channel) ? new JdkSocket.OfChannel(channel) : null;
    }
    return socket == null ? null : JdkSocket.of(socket);
  }

  /// Has every wait be a timed one from now on, which makes the descriptor of a socket that is no
  /// channel non-blocking, on any thread and for good. Only once: what did not help then never
  /// will.
  ///
  /// @return whether a wait is worth trying
  public boolean unblocksByWaiting() {
    boolean first = !timesEveryWait;
    timesEveryWait = true;
    return first;
  }

  /// Looks whether the descriptor is non-blocking.
  public interface Look {
    /// Looks.
    boolean look() throws IOException;
  }

  /// Whether the descriptor is non-blocking: once it is, it stays so, and is not looked at again.
  public boolean isUnblocked(Look look) throws IOException {
    unblocked = unblocked || look.look();
    return unblocked;
  }

  /// Whether nothing can be written any more, as far as can be told.
  public boolean isOutputShutdown() {
    return socket != null && socket.isOutputShutdown();
  }

  /// Waits for the first bytes, and reads them.
  ///
  /// @return how many, -1 at the end of the stream
  public int awaitFirst(ByteBuffer destination) throws IOException {
    if (timesEveryWait) {
      return awaitLong(destination);
    }
    if (socket != null) {
      socket.setSoTimeout(0);
    }
    return read(destination);
  }

  private int awaitLong(ByteBuffer destination) throws IOException {
    while (true) {
      try {
        return awaitFirst(destination, LONG_NANOS);
      } catch (SocketTimeoutException ignored) { // weeks have passed
      }
    }
  }

  /// Waits for the first bytes, but no longer than `nanos` where that can be timed, and reads
  /// them.
  ///
  /// @return how many, -1 at the end of the stream
  /// @throws SocketTimeoutException if none came
  public int awaitFirst(ByteBuffer destination, long nanos) throws IOException {
    if (socket == null || stream == null) {
      return read(destination);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    socket.setSoTimeout(Math.clamp(millis, 1, Integer.MAX_VALUE));
    return read(stream, destination, FIRST_BYTES);
  }

  /// Reads what is there.
  ///
  /// @return how many bytes, -1 at the end of the stream
  public int read(ByteBuffer destination) throws IOException {
    if (channel != null) {
      return channel.read(destination);
    }
    if (stream == null) {
      throw new ClosedChannelException();
    }
    return read(stream, destination, COPY_BYTES);
  }

  private int read(InputStream from, ByteBuffer destination, int most) throws IOException {
    int length = Math.min(destination.remaining(), most);
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    int count = from.read(bytes, 0, length);
    if (count > 0) {
      destination.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public void abort() {
    if (channel != null) {
      SocketChannelTarget.abort(channel);
    } else if (socket != null) {
      new SocketTarget(socket).abort();
    }
  }

  /// Puts back the socket's own time-out. The socket stays open.
  @Override
  public void close() throws IOException {
    if (stream != null && socket != null && !socket.isClosed()) {
      try {
        socket.setSoTimeout(timeoutBefore);
      } catch (SocketException e) {
        if (!socket.isClosed()) {
          throw e;
        }
      }
    }
  }
}
