package io.github.jsendfile.endpoint;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One operation made on a virtual thread while the calling one waits for it: the JDK makes a
/// descriptor non-blocking only there.
final class OnVirtualThread {
  private static final Patience PATIENCE = new Patience();

  /// What is to be done.
  @FunctionalInterface
  interface Operation {
    /// Does it.
    void run() throws IOException;
  }

  private final Operation operation;
  private final AtomicBoolean taken = new AtomicBoolean();
  private @Nullable Throwable failure;

  private OnVirtualThread(Operation operation) {
    this.operation = operation;
  }

  /// Has it done.
  ///
  /// @return false if no virtual thread ran in time: it was not done, and never will be
  /// @throws ClosedByInterruptException if the calling thread was interrupted: it may go on until
  ///     what it works on is closed
  static boolean does(Operation operation) throws IOException {
    return new OnVirtualThread(operation).isDone();
  }

  private boolean isDone() throws IOException {
    Thread worker = Thread.startVirtualThread(this::work);
    try {
      if (!PATIENCE.suffices(worker::join) && taken.compareAndSet(false, true)) {
        return false;
      }
      worker.join();
    } catch (InterruptedException e) {
      taken.set(true);
      Thread.currentThread().interrupt();
      throw (IOException) new ClosedByInterruptException().initCause(e);
    }
    return switch (failure) {
      case null -> true;
      case IOException e -> throw e;
      case Throwable e -> throw new IOException(e);
    };
  }

  private void work() {
    if (taken.compareAndSet(false, true)) {
      try {
        operation.run();
      } catch (Throwable e) {
        failure = e;
      }
    }
  }
}
