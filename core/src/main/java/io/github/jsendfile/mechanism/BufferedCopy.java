package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Reads into a pooled direct buffer and writes from it. What the target did not take is read
/// again next time, so that nothing is held while a transfer waits.
public final class BufferedCopy implements Attempt {
  @Override
  public Optional<String> objection(Source source, Target target) {
    return Optional.empty();
  }

  @Override
  public Step move(Source source, long position, long count, Target target) throws IOException {
    SocketChannel socket = target.socketChannel();
    if (socket != null) {
      NonBlockingDescriptor.ensure(socket); // if not, a write waits with the buffer, and works
    }
    try (BufferPool.Lease lease = BufferPool.lease((int) Math.min(count, target.maxWriteBytes()))) {
      ByteBuffer buffer = lease.buffer();
      if (source.read(buffer, position) < 0) {
        return new Step.EndOfFile();
      }
      buffer.flip();
      long moved = target.write(buffer);
      return moved > 0 ? new Step.Moved(moved, buffer.hasRemaining()) : new Step.WouldBlock();
    }
  }
}
