package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.Target;
import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.Kernel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// `sendfile(2)` for a virtual thread whose peer keeps up: a platform thread goes on where the
/// socket is full, and waits for it by `poll(2)`, which costs far less than to park a virtual
/// thread and to wake it. It is lent for a few milliseconds at a time, and to nobody whose peer has
/// it wait: a crowd of slow peers holds no thread.
public final class LentTransfer extends NativeTransfer {
  private static final int MOST_THREADS = 64;
  private static final int IDLE_SECONDS = 2;
  private static final long CALL_NANOS = Duration.ofMillis(5).toNanos();

  /// Who lets it wait for so long does not keep up.
  private static final int PATIENCE_MILLIS = 10;

  /// For less it is not worth to wake a thread.
  private static final long LEAST_BYTES = 512 << 10;

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          MOST_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform()
              .daemon()
              .inheritInheritableThreadLocals(false)
              .name("jsendfile-lent-", 0)
              .factory());

  /// Makes its calls to `kernel`.
  public LentTransfer(Kernel kernel) {
    super(kernel);
  }

  /// Makes its calls to `kernel`, on what `descriptors` finds.
  public LentTransfer(Kernel kernel, Descriptors descriptors) {
    super(kernel, descriptors);
  }

  @Override
  public Optional<String> objection(Source source, Target target) throws IOException {
    SocketChannel socket = target.socketChannel();
    if (!Thread.currentThread().isVirtual()
        || socket == null
        || !socket.isBlocking()
        || !(socket.getLocalAddress() instanceof InetSocketAddress)) {
      return Optional.of("only a virtual thread that waits for a TCP socket borrows another");
    }
    return super.objection(source, target);
  }

  @Override
  public boolean isForFastPeers() {
    return true;
  }

  @Override
  Step send(Descriptors.Duplicate socket, int file, long position, long count) throws IOException {
    Step step = super.send(socket, file, position, count);
    long moved =
        switch (step) {
          case Step.Moved(long some, boolean full) when full -> some;
          case Step.WouldBlock _ -> 0;
          default -> count;
        };
    return count - moved < LEAST_BYTES ? step : lend(socket, file, position, count, moved);
  }

  /// An interrupt meanwhile stays set, and the loop sees to it.
  private Step lend(Descriptors.Duplicate socket, int file, long position, long count, long moved) {
    try {
      return CompletableFuture.supplyAsync(
              () -> keepUp(socket, file, position, count, moved), THREADS)
          .join();
    } catch (RejectedExecutionException e) {
      return step(moved, true); // all are lent
    }
  }

  /// Goes on until the call has been long enough, or the peer does not keep up, or there is
  /// something that the next call finds out.
  private Step keepUp(
      Descriptors.Duplicate socket, int file, long position, long count, long before) {
    long moved = before;
    long start = System.nanoTime();
    while (moved < count && System.nanoTime() - start < CALL_NANOS) {
      if (!kernel.awaitRoom(socket.number(), PATIENCE_MILLIS)) {
        return step(moved, true);
      }
      if (socket.isClosedBehind()) {
        break;
      }
      long most = Math.min(count - moved, MAX_CALL_BYTES);
      long sent = kernel.sendfile(socket.number(), file, position + moved, most);
      if (sent <= 0) {
        break;
      }
      moved += sent;
    }
    return step(moved, false);
  }

  private static Step step(long moved, boolean full) {
    return moved > 0 ? new Step.Moved(moved, full) : new Step.WouldBlock();
  }
}
