package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.SourceException;
import io.github.jsendfile.endpoint.Target;
import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.Errno;
import io.github.jsendfile.linux.JdkSocket;
import io.github.jsendfile.linux.Kernel;
import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.linux.NoDescriptorLeftException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `sendfile(2)` itself, on duplicates of the two descriptors, of which the socket's does not
/// block. What each error means is in [Errno].
public sealed class NativeTransfer implements Attempt permits LentTransfer {
  /// A call holds its carrier while it copies page references: about 0.1 ms for so many.
  static final long MAX_CALL_BYTES = 1 << 20;

  final Kernel kernel;
  private final Descriptors descriptors;

  /// Makes its calls to `kernel`.
  public NativeTransfer(Kernel kernel) {
    this(kernel, new Descriptors(kernel));
  }

  /// Makes its calls to `kernel`, on what `descriptors` finds.
  public NativeTransfer(Kernel kernel, Descriptors descriptors) {
    this.kernel = kernel;
    this.descriptors = descriptors;
  }

  @Override
  public Optional<String> objection(Source source, Target target) throws IOException {
    if (source.fileChannel() == null) {
      return Optional.of("the file is not a FileChannel of the JDK's own file system");
    }
    JdkSocket socket = target.jdkSocket();
    if (socket == null) {
      return Optional.of("the target is not a SocketChannel or a Socket of the JDK's own");
    }
    if (!NativeAccess.descriptorsAreShown()) {
      if (source.ownDescriptor() < 0) {
        return Optional.of(
            "the descriptor of a FileChannel " + NativeAccess.howToShowDescriptors());
      }
      if (socket instanceof JdkSocket.OfChannel(SocketChannel channel)
          && channel.getLocalAddress() instanceof UnixDomainSocketAddress) {
        return Optional.of(
            "the descriptor of a UNIX-domain socket " + NativeAccess.howToShowDescriptors());
      }
    }
    if (source.sizeWhenOpened() == 0) {
      return Optional.of("the file reports size 0, and may have content all the same");
    }
    return Optional.empty();
  }

  @Override
  public Step move(Source source, long position, long count, Target target) throws IOException {
    return attempt(null, source, position, count, target);
  }

  @Override
  public Step moveBehind(ByteBuffer head, Source source, long position, long count, Target target)
      throws IOException {
    return attempt(head, source, position, count, target);
  }

  private Step attempt(
      @Nullable ByteBuffer head, Source source, long position, long count, Target target)
      throws IOException {
    JdkSocket socket = Objects.requireNonNull(target.jdkSocket());
    if (socket instanceof JdkSocket.OfChannel(SocketChannel channel)
        && !NonBlockingDescriptor.ensure(channel)) {
      return new Step.NotSupported("no virtual thread ran in time to unblock the descriptor");
    }
    try (Descriptors.Duplicate to = descriptors.of(socket)) {
      if (to == null) {
        return new Step.NotSupported("the socket's descriptor cannot be found");
      }
      if (head != null && !sendAhead(head, to.number())) {
        return new Step.WouldBlock();
      }
      if (socket instanceof JdkSocket.Plain && kernel.blocks(to.number())) {
        return target.unblocksByWriting()
            ? new Step.WouldBlock()
            : new Step.NotSupported("the socket's descriptor blocks");
      }
      return move(source, position, count, to);
    } catch (NoDescriptorLeftException e) {
      return new Step.WouldBlock(); // a small write comes next, which needs none
    }
  }

  /// By `send(2)` with `MSG_MORE`, which does not wait whatever the descriptor's mode is. Whatever
  /// the kernel has against it, an ordinary write then says better.
  ///
  /// @return whether all of it was taken
  private boolean sendAhead(ByteBuffer head, int socket) {
    try (BufferPool.Lease lease = BufferPool.lease(head.remaining())) {
      ByteBuffer bytes = lease.buffer();
      int count = Math.min(bytes.remaining(), head.remaining());
      bytes.put(0, head, head.position(), count).limit(count);
      int taken = (int) Math.max(0, kernel.sendAhead(socket, MemorySegment.ofBuffer(bytes)));
      head.position(head.position() + taken);
      return !head.hasRemaining();
    }
  }

  private Step move(Source source, long position, long count, Descriptors.Duplicate socket)
      throws IOException {
    if (source.ownDescriptor() >= 0) {
      return send(socket, source.ownDescriptor(), position, count);
    }
    try (Descriptors.Duplicate from = ofFile(source)) {
      return from == null
          ? new Step.NotSupported("the file's descriptor cannot be found")
          : send(socket, from.number(), position, count);
    }
  }

  private Descriptors.@Nullable Duplicate ofFile(Source source) throws IOException {
    try {
      return descriptors.of(Objects.requireNonNull(source.fileChannel()));
    } catch (NoDescriptorLeftException e) {
      throw e;
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }

  Step send(Descriptors.Duplicate socket, int file, long position, long count) throws IOException {
    long most = Math.min(count, MAX_CALL_BYTES);
    long moved = kernel.sendfile(socket.number(), file, position, most);
    if (moved > 0) {
      return new Step.Moved(moved, moved < most);
    }
    if (moved == 0) {
      return new Step.EndOfFile();
    }
    Errno errno = Errno.of(-moved);
    return switch (errno.meaning()) {
      case AGAIN -> send(socket, file, position, count);
      case WOULD_BLOCK -> new Step.WouldBlock();
      case DECLINE -> new Step.NotSupported("sendfile answered " + errno.describe());
      case PEER -> throw new SocketException(errno.describe());
      case FILE ->
          throw new SourceException(new IOException(errno.describe() + " (" + -moved + ")"));
    };
  }
}
