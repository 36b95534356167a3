package io.github.jsendfile.bench.embedding;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.TransferStep;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// The example of docs/embedding.md for Netty: a region for its NIO transport, which hands out its
/// channel when it is that region's turn.
final class NettyRegion extends AbstractReferenceCounted implements io.netty.channel.FileRegion {
  private static final FileSender SENDER = FileSender.builder().exactly().build();

  private final Path file;
  private final long count;
  private TransferStep step;
  private long transferred;

  NettyRegion(Path file) throws IOException {
    this.file = file;
    this.count = Files.size(file);
  }

  // README: from here
  @Override
  public long transferTo(WritableByteChannel target, long position) throws IOException {
    if (step == null) {
      step = SENDER.begin(FileRegion.of(file, 0, count), (SocketChannel) target);
    }
    return switch (step.advance()) {
      case TransferStep.Moved(long bytes) -> {
        transferred += bytes;
        yield bytes;
      }
      default -> 0; // full: Netty comes back when the channel takes more
    };
  }

  @Override
  public long transferred() {
    return transferred;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  protected void deallocate() {
    try {
      if (step != null) {
        step.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Netty logs it
    }
  }

  // README: to here

  @Override
  public long position() {
    return 0;
  }

  @Override
  @Deprecated
  public long transfered() {
    return transferred;
  }

  @Override
  public NettyRegion retain() {
    super.retain();
    return this;
  }

  @Override
  public NettyRegion retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public NettyRegion touch() {
    return this;
  }

  @Override
  public NettyRegion touch(Object hint) {
    return this;
  }
}
