package io.github.jsendfile.mechanism;

import io.github.jsendfile.linux.Kernel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Pipes on loan, for the time that one attempt takes. What comes back empty is kept for the next,
/// what does not is closed: else a stranger would get the bytes. Those that nobody wanted for a
/// second are closed too.
final class PipePool {
  /// A pipe is lent while a thread is in the kernel with it: hardly more at once than there are
  /// cores. All that are kept may hold 16 MiB, of the 64 MiB that a user's pipes may.
  private static final int MAX_KEPT = 16;

  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final Kernel kernel;
  private final Deque<Pipe> kept = new ArrayDeque<>();
  private int unwanted;
  private boolean trims;

  PipePool(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Lends an empty pipe.
  ///
  /// @return null if there is none to be had
  @Nullable Pipe take() {
    Pipe pipe = takeKept();
    return pipe != null ? pipe : Pipe.open(kernel);
  }

  private synchronized @Nullable Pipe takeKept() {
    Pipe pipe = kept.pollFirst();
    unwanted = Math.min(unwanted, kept.size());
    return pipe;
  }

  /// Takes a pipe back.
  void giveBack(Pipe pipe) {
    if (pipe.held() > 0 || !keep(pipe)) {
      pipe.close();
    }
  }

  private synchronized boolean keep(Pipe pipe) {
    if (kept.size() == MAX_KEPT) {
      return false;
    }
    kept.addFirst(pipe);
    if (!trims) {
      trims = true;
      LATER.execute(this::trim);
    }
    return true;
  }

  private synchronized void trim() {
    for (; unwanted > 0; unwanted--) {
      kept.removeLast().close();
    }
    unwanted = kept.size();
    trims = !kept.isEmpty();
    if (trims) {
      LATER.execute(this::trim);
    }
  }

  /// How many are kept.
  synchronized int size() {
    return kept.size();
  }
}
