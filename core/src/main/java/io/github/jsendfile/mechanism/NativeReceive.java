package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Platform;
import io.github.jsendfile.endpoint.SocketInput;
import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.Errno;
import io.github.jsendfile.linux.JdkSocket;
import io.github.jsendfile.linux.Kernel;
import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.linux.NoDescriptorLeftException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Socket to file by `splice(2)`, through a pipe, on duplicates of the two descriptors. Only bytes
/// that are there are moved; waiting is the caller's.
public final class NativeReceive {
  /// A call holds its carrier while it copies into the page cache: about 0.3 ms for so many.
  private static final long MAX_CALL_BYTES = 1 << 20;

  /// What a call would say of a descriptor that cannot be found.
  private static final long EBADF = 9;

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final Kernel kernel;
  private final Descriptors descriptors;
  private final PipePool pipes;

  private static final class Holder {
    static final @Nullable NativeReceive HERE =
        NativeAccess.here().kernel() == null
            ? null
            : new NativeReceive(NativeAccess.here().kernel());
  }

  /// The one of this process, and its pipes.
  ///
  /// @return null where foreign calls cannot be had
  public static @Nullable NativeReceive here() {
    return Holder.HERE;
  }

  /// Makes its calls to `kernel`.
  public NativeReceive(Kernel kernel) {
    this(kernel, new Descriptors(kernel));
  }

  /// Makes its calls to `kernel`, on what `descriptors` finds.
  public NativeReceive(Kernel kernel, Descriptors descriptors) {
    this.kernel = kernel;
    this.descriptors = descriptors;
    this.pipes = new PipePool(kernel);
  }

  /// Why it cannot serve this socket and this file, as far as can be told without trying.
  public Optional<String> objection(SocketInput input, FileChannel file) {
    if (input.jdkSocket() == null) {
      return Optional.of("the socket is not a SocketChannel or a Socket of the JDK's own");
    }
    if (!Platform.isDefaultProvider(file)) {
      return Optional.of("the file is not a FileChannel of the JDK's own file system");
    }
    if (!NativeAccess.descriptorsAreShown()) {
      return Optional.of("the descriptor of a FileChannel " + NativeAccess.howToShowDescriptors());
    }
    return Optional.empty();
  }

  /// Moves some of `count` bytes, as far as they are there, to `position` of the file. It answers
  /// [Step.WouldBlock] if none are, [Step.EndOfFile] at the end of the stream, and
  /// [Step.NotSupported] only if it has moved nothing. A [Step.Moved] that says "full" had to
  /// write by copying what the file refused to take from a pipe.
  ///
  /// @throws SinkException if the file failed
  /// @throws IOException if the socket failed
  public Step move(SocketInput input, FileChannel file, long position, long count)
      throws IOException {
    JdkSocket socket = Objects.requireNonNull(input.jdkSocket());
    if (!neverBlocks(input, socket)) {
      return socket instanceof JdkSocket.Plain && input.unblocksByWaiting()
          ? new Step.WouldBlock()
          : new Step.NotSupported("the socket's descriptor blocks");
    }
    Pipe pipe = pipes.take();
    if (pipe == null) {
      return new Step.NotSupported("there is no pipe to be had");
    }
    try (Descriptors.Duplicate to = ofFile(file)) {
      if (to == null) {
        return new Step.NotSupported("the file's descriptor cannot be found");
      }
      long taken = fill(pipe, socket, Math.min(count, MAX_CALL_BYTES));
      return taken > 0 ? pour(pipe, file, to.number(), position) : answer(taken);
    } catch (NoDescriptorLeftException e) {
      return new Step.NotSupported("the process has no descriptor left");
    } finally {
      pipes.giveBack(pipe);
    }
  }

  /// Whether a call that finds nothing there returns: `SPLICE_F_NONBLOCK` is for the pipe, and
  /// for UNIX-domain sockets; over TCP the descriptor's own mode decides (measured, Linux 6.18).
  /// The JDK sets that at a virtual thread's first operation, for a platform thread at a write of
  /// a virtual one's, which an output that is shut down never comes to. Of a socket that is no
  /// channel the descriptor is asked.
  private boolean neverBlocks(SocketInput input, JdkSocket socket) throws IOException {
    return switch (socket) {
      case JdkSocket.OfChannel(SocketChannel channel) -> neverBlocks(input, channel);
      case JdkSocket.Plain _ -> input.isUnblocked(() -> neverBlocks(socket));
    };
  }

  private boolean neverBlocks(JdkSocket socket) throws IOException {
    try (Descriptors.Duplicate duplicate = descriptors.of(socket)) {
      return duplicate != null && !kernel.blocks(duplicate.number());
    } catch (NoDescriptorLeftException e) {
      return false;
    }
  }

  private static boolean neverBlocks(SocketInput input, SocketChannel socket) throws IOException {
    if (Thread.currentThread().isVirtual()) {
      socket.read(NOTHING);
      return true;
    }
    return NonBlockingDescriptor.ensure(socket) && !input.isOutputShutdown();
  }

  private Descriptors.@Nullable Duplicate ofFile(FileChannel file) throws IOException {
    try {
      return descriptors.of(file);
    } catch (NoDescriptorLeftException e) {
      throw e;
    } catch (IOException e) {
      throw new SinkException(0, e);
    }
  }

  private long fill(Pipe pipe, JdkSocket socket, long count) throws IOException {
    try (Descriptors.Duplicate from = descriptors.of(socket)) {
      return from == null ? -EBADF : pipe.fill(from.number(), count);
    }
  }

  private static Step answer(long result) throws IOException {
    if (result == 0) {
      return new Step.EndOfFile();
    }
    Errno errno = Errno.of(-result);
    return switch (errno.meaning()) {
      case WOULD_BLOCK, AGAIN -> new Step.WouldBlock();
      case DECLINE -> new Step.NotSupported("splice answered " + errno.describe());
      case PEER, FILE -> throw new SocketException(errno.describe());
    };
  }

  /// Empties the pipe. Whatever the kernel has against it, the JDK's own write then does better
  /// or says in its own words.
  private static Step pour(Pipe pipe, FileChannel file, int descriptor, long position)
      throws IOException {
    long at = position;
    while (pipe.held() > 0) {
      long put = pipe.pour(descriptor, at);
      if (put <= 0) {
        return new Step.Moved(at - position + copy(pipe, file, position, at), true);
      }
      at += put;
    }
    return new Step.Moved(at - position, false);
  }

  private static long copy(Pipe pipe, FileChannel file, long position, long from)
      throws IOException {
    long at = from;
    while (pipe.held() > 0) {
      try (BufferPool.Lease lease = BufferPool.lease((int) pipe.held())) {
        ByteBuffer buffer = lease.buffer();
        if (pipe.read(buffer) <= 0) {
          throw new SinkException(at - position, new IOException("the pipe cannot be read"));
        }
        buffer.flip();
        at = write(file, buffer, position, at);
      }
    }
    return at - from;
  }

  private static long write(FileChannel file, ByteBuffer buffer, long position, long from)
      throws SinkException {
    long at = from;
    try {
      while (buffer.hasRemaining()) {
        at += file.write(buffer, at);
      }
      return at;
    } catch (IOException e) {
      throw new SinkException(at - position, e);
    }
  }

  /// How many pipes are kept for the next attempt.
  public int pipesKept() {
    return pipes.size();
  }
}
