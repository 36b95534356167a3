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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// `sendfile(2)` for a peer that keeps up: where the socket is full a platform thread waits for it
/// inside the call, which costs far less than to return to the JVM, to park and to wake. A virtual
/// thread borrows one for it, some milliseconds at a time, and not for a peer that has it wait: a
/// crowd of slow peers holds no thread.
///
/// Meanwhile the descriptor blocks, with limits of its own. Who else reads from the socket then
/// hears after a tick or two of the kernel's clock that there is nothing, and waits as ever.
public final class LentTransfer extends NativeTransfer {
  private static final int MOST_THREADS = 64;
  private static final int IDLE_SECONDS = 2;

  /// For less it is not worth to wake a thread.
  private static final long LEAST_BYTES = 512 << 10;

  private static final long LEND_NANOS = Duration.ofMillis(50).toNanos();
  private static final long LEND_BYTES = 256 << 20;

  /// The kernel waits so long for each 64 KiB of a call. Who lets it wait longer does not keep up,
  /// nor does who needs so long for a call as a thread is lent for.
  private static final int PATIENCE_MICROS = 10_000;

  private static final int LEAST_MICROS = 1;

  /// A longer one saves nothing more, and would be noticed where a peer becomes slow meanwhile.
  private static final long LONGEST_CALL_BYTES = 4 * MAX_CALL_BYTES;

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
    if (socket == null
        || !socket.isBlocking()
        || !(socket.getLocalAddress() instanceof InetSocketAddress)) {
      return Optional.of("only a TCP socket in blocking mode is waited for inside a call");
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

  private Step lend(Descriptors.Duplicate socket, int file, long position, long count, long moved) {
    Loan loan = new Loan(kernel, socket, file);
    if (!Thread.currentThread().isVirtual()) {
      return loan.use(position, count, moved);
    }
    try {
      return await(
          CompletableFuture.supplyAsync(() -> loan.use(position, count, moved), THREADS), loan);
    } catch (RejectedExecutionException e) {
      return step(moved, true); // all are lent
    }
  }

  /// An interrupt calls the thread back and stays set: the loop sees to it.
  private static Step await(CompletableFuture<Step> step, Loan loan) {
    try {
      return step.get();
    } catch (InterruptedException e) {
      loan.callBack();
      Step last = step.join();
      Thread.currentThread().interrupt();
      return last;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Step step(long moved, boolean full) {
    return moved > 0 ? new Step.Moved(moved, full) : new Step.WouldBlock();
  }

  /// What a lent thread does.
  private static final class Loan {
    private final Kernel kernel;
    private final Descriptors.Duplicate socket;
    private final int file;
    private volatile boolean calledBack;

    Loan(Kernel kernel, Descriptors.Duplicate socket, int file) {
      this.kernel = kernel;
      this.socket = socket;
      this.file = file;
    }

    void callBack() {
      calledBack = true;
    }

    private boolean isOver() {
      return calledBack || Thread.currentThread().isInterrupted() || socket.isClosedBehind();
    }

    Step use(long position, long count, long moved) {
      int number = socket.number();
      if (kernel.limitWaits(number, PATIENCE_MICROS, LEAST_MICROS) < 0
          || kernel.setBlocking(number, true) < 0) {
        return step(moved, true);
      }
      try {
        return keepUp(position, Math.min(count, moved + LEND_BYTES), moved);
      } finally {
        kernel.setBlocking(number, false); // as the JDK believes it to be
      }
    }

    /// What an error means, or the end of the file, the next call finds out.
    private Step keepUp(long position, long count, long before) {
      long moved = before;
      long most = Math.min(count - moved, MAX_CALL_BYTES);
      long start = System.nanoTime();
      long called = start;
      while (true) {
        long sent = kernel.sendfile(socket.number(), file, position + moved, most);
        long now = System.nanoTime();
        moved += Math.max(0, sent);
        if (sent < most || now - called >= LEND_NANOS) {
          return step(moved, true);
        }
        most = Math.min(count - moved, LONGEST_CALL_BYTES);
        called = now;
        if (most == 0 || now - start >= LEND_NANOS || isOver()) {
          return step(moved, false);
        }
      }
    }
  }
}
