package io.github.jsendfile.endpoint;

import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.JdkSocket;
import io.github.jsendfile.linux.NativeAccess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A TCP or UNIX-domain socket channel of the JDK.
public final class SocketChannelTarget implements Target {
  private static final int MAX_WRITE_BYTES = 256 * 1024;

  private final SocketChannel channel;
  private final @Nullable Descriptors descriptors;

  /// Writes to `channel`.
  public SocketChannelTarget(SocketChannel channel) {
    this(channel, NativeAccess.descriptors());
  }

  /// Writes to `channel`, whose descriptor `descriptors` finds, if the kernel can be called at all.
  public SocketChannelTarget(SocketChannel channel, @Nullable Descriptors descriptors) {
    this.channel = channel;
    this.descriptors = Platform.isDefaultProvider(channel) ? descriptors : null;
  }

  @Override
  public void check(boolean blocking) throws IOException {
    if (channel.isBlocking() != blocking && channel.isConnected()) {
      throw new IllegalBlockingModeException();
    }
    // Writing nothing makes every other check there is, without a system call, and on a virtual
    // thread makes the descriptor non-blocking for good.
    channel.write(ByteBuffer.allocate(0));
  }

  @Override
  public long write(ByteBuffer... buffers) throws IOException {
    return buffers.length == 1 ? channel.write(buffers[0]) : channel.write(buffers);
  }

  @Override
  public int maxWriteBytes() {
    return MAX_WRITE_BYTES;
  }

  @Override
  public boolean writesPartially() {
    return true;
  }

  @Override
  public boolean isInterruptible() {
    return true;
  }

  @Override
  public boolean hasPeer() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void abort() {
    try (Descriptors.Duplicate duplicate = duplicate()) {
      close(channel); // first: who is woken by the reset is to find it closed
      if (duplicate != null) {
        duplicate.reset();
      }
    }
  }

  private Descriptors.@Nullable Duplicate duplicate() {
    try {
      return descriptors == null ? null : descriptors.of(channel);
    } catch (IOException e) {
      return null; // closed meanwhile, or none is left
    }
  }

  /// Closes `channel` at once; over TCP its peer sees a reset and the kernel keeps nothing of it.
  public static void abort(SocketChannel channel) {
    new SocketChannelTarget(channel).abort();
  }

  private static void close(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException | UnsupportedOperationException ignored) { // closed, or UNIX-domain
    }
    try {
      channel.close();
    } catch (IOException ignored) { // the failure that led here is the one to report
    }
  }

  @Override
  public boolean tellsWhatIsTaken() {
    try {
      return descriptors != null && channel.getLocalAddress() instanceof InetSocketAddress;
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  @Override
  public long taken() {
    return descriptors == null ? -1 : descriptors.acknowledged(new JdkSocket.OfChannel(channel));
  }

  @Override
  public void limitUnsent(int bytes) throws IOException {
    if (descriptors != null) {
      descriptors.limitUnsent(new JdkSocket.OfChannel(channel), bytes);
    }
  }

  @Override
  public void holdPartSegments(boolean on) {
    if (descriptors != null) {
      descriptors.cork(new JdkSocket.OfChannel(channel), on);
    }
  }

  @Override
  public @Nullable SocketChannel socketChannel() {
    return Platform.isDefaultProvider(channel) ? channel : null;
  }

  @Override
  public @Nullable JdkSocket jdkSocket() {
    return Platform.isDefaultProvider(channel) ? new JdkSocket.OfChannel(channel) : null;
  }
}
