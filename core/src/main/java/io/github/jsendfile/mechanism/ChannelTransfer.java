package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.SourceException;
import io.github.jsendfile.endpoint.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// `FileChannel.transferTo` on a descriptor that does not block.
///
/// It answers 0 when the socket is full and at the end of the file alike; here 0 always is "would
/// block", since the caller then reads at the position before it waits, and so sees the end.
public final class ChannelTransfer implements Attempt {
  /// Larger calls save nothing (measured) and keep stops, limits and progress waiting.
  private static final long MAX_CALL_BYTES = 1 << 20;

  /// How Linux and macOS word EINVAL, ENOSYS, EOPNOTSUPP, ESPIPE, ENOTSOCK and EOVERFLOW: the JDK
  /// hands on no number. A word it does not know propagates, which is the safe mistake.
  private static final Set<String> DECLINING =
      Set.of(
          "Invalid argument",
          "Function not implemented",
          "Operation not supported",
          "Illegal seek",
          "Socket operation on non-socket",
          "Value too large for defined data type");

  @Override
  public Optional<String> objection(Source source, Target target) throws IOException {
    if (source.fileChannel() == null) {
      return Optional.of("the file is not a FileChannel of the JDK's own file system");
    }
    if (target.socketChannel() == null) {
      return Optional.of("the target is not a SocketChannel of the JDK's own");
    }
    if (source.sizeWhenOpened() == 0) {
      return Optional.of("the file reports size 0, and may have content all the same");
    }
    return Optional.empty();
  }

  @Override
  public Step move(Source source, long position, long count, Target target) throws IOException {
    SocketChannel socket = Objects.requireNonNull(target.socketChannel());
    if (!NonBlockingDescriptor.ensure(socket)) {
      return new Step.NotSupported("no virtual thread ran in time to unblock the descriptor");
    }
    return transfer(source, position, Math.min(count, MAX_CALL_BYTES), socket);
  }

  /// Makes one call, which waits if the descriptor blocks.
  Step transfer(Source source, long position, long count, SocketChannel socket) throws IOException {
    FileChannel file = Objects.requireNonNull(source.fileChannel());
    try {
      long moved = file.transferTo(position, count, socket);
      return moved > 0 ? new Step.Moved(moved, moved < count) : new Step.WouldBlock();
    } catch (UnsupportedOperationException e) {
      return new Step.NotSupported(String.valueOf(e.getMessage()));
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (ClosedChannelException e) {
      throw file.isOpen() ? e : new SourceException(e);
    } catch (IOException e) {
      if (DECLINING.contains(String.valueOf(e.getMessage()))) {
        return new Step.NotSupported(String.valueOf(e.getMessage()));
      }
      provePeersFault(source, position, e);
      throw e;
    }
  }

  /// The JDK does not say whose fault it was. If the file can be read where it failed, the
  /// peer's.
  private static void provePeersFault(Source source, long position, IOException failure)
      throws IOException {
    try {
      source.read(ByteBuffer.allocate(1), position);
    } catch (IOException e) {
      e.addSuppressed(failure);
      throw e;
    }
  }
}
