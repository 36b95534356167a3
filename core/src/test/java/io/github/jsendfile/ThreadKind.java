package io.github.jsendfile;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The kinds of thread that a transfer may run on.
enum ThreadKind {
  PLATFORM,
  VIRTUAL;

  /// How long a call may take before it hangs.
  static final int PATIENCE_SECONDS = 25;

  /// Starts a thread of this kind; what the task throws, the future has.
  <T> Future<T> start(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable body =
        () -> {
          try {
            result.complete(task.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    switch (this) {
      case PLATFORM -> Thread.ofPlatform().daemon().name("sender").start(body);
      case VIRTUAL -> Thread.ofVirtual().name("sender").start(body);
    }
    return result;
  }

  /// Runs a task on a thread of this kind and throws what it throws.
  <T> T run(Callable<T> task) throws Exception {
    return get(start(task));
  }

  /// Waits for a task and throws what it threw.
  static <T> T get(Future<T> task) throws Exception {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        default -> throw e;
      }
    } catch (TimeoutException e) {
      throw new AssertionError("the transfer hangs", e);
    }
  }
}
