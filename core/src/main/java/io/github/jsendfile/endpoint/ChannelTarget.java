package io.github.jsendfile.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;

/// Any other channel: TLS, a pipe, another file. Closed from outside only if the channel says
/// that this is allowed ([InterruptibleChannel]); else looked at between chunks.
public final class ChannelTarget implements Target {
  private static final int MAX_WRITE_BYTES = 64 * 1024;

  private final WritableByteChannel channel;
  private volatile boolean aborted;

  /// Writes to `channel`.
  public ChannelTarget(WritableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public void check(boolean blocking) throws IOException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    if (channel instanceof SelectableChannel selectable && selectable.isBlocking() != blocking) {
      throw new IllegalBlockingModeException();
    }
  }

  @Override
  public long write(ByteBuffer... buffers) throws IOException {
    if (aborted) {
      throw new ClosedChannelException();
    }
    if (channel instanceof GatheringByteChannel gathering && buffers.length > 1) {
      return gathering.write(buffers);
    }
    long total = 0;
    for (ByteBuffer buffer : buffers) {
      if (buffer.hasRemaining()) {
        total += channel.write(buffer);
      }
      if (buffer.hasRemaining()) {
        break;
      }
    }
    return total;
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
    return channel instanceof InterruptibleChannel;
  }

  @Override
  public boolean hasPeer() {
    return channel instanceof Pipe.SinkChannel;
  }

  @Override
  public boolean isOpen() {
    return !aborted && channel.isOpen();
  }

  /// On a thread of its own: only the JDK's own channels promise that closing does not wait.
  @Override
  public void abort() {
    aborted = true;
    if (channel instanceof InterruptibleChannel) {
      Thread.ofPlatform().daemon().name("jsendfile-close").start(this::close);
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException ignored) { // the failure that led here is the one to report
    }
  }
}
