package io.github.jsendfile;

import io.github.jsendfile.testkit.CpuTime;
import io.github.jsendfile.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A call under way, and the thread it is on: to be looked at and interrupted.
record Running<T>(Thread thread, Future<T> outcome) {
  private static final String SOCKET_CALLS = "sun.nio.ch.SocketDispatcher";

  static <T> Running<T> on(ThreadKind kind, Callable<T> task) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Future<T> outcome =
        kind.start(
            () -> {
              thread.complete(Thread.currentThread());
              return task.call();
            });
    return new Running<>(thread.join(), outcome);
  }

  /// Waits until the call waits for its peer: a virtual thread is parked then, a platform one
  /// sits in poll(2), or where the descriptor blocks in write(2) or sendfile(2). Reading a class
  /// from its file is no such wait.
  void awaitWaitingForPeer() {
    int[] inCall = {0};
    awaitThat(
        () -> {
          boolean inside =
              isIn(SOCKET_CALLS, "write0")
                  || isIn(SOCKET_CALLS, "read0")
                  || isIn("sun.nio.ch", "transferTo0");
          inCall[0] = inside ? inCall[0] + 1 : 0;
          return isIn("sun.nio.ch", "park") || inCall[0] >= 5;
        });
  }

  /// Waits until the call's thread is parked: a virtual one holds no carrier then.
  void awaitParked() {
    awaitThat(() -> thread.getState() == Thread.State.WAITING);
  }

  /// Waits until the call is in the kernel with its thread, to send a file.
  void awaitWaitingInsideTransferTo() {
    int[] inCall = {0};
    awaitThat(
        () -> {
          inCall[0] = isIn("sun.nio.ch", "transferTo0") ? inCall[0] + 1 : 0;
          return inCall[0] >= 5;
        });
  }

  /// Waits until the call waits for a FIFO or a device.
  void awaitWaitingForFile() {
    awaitThat(() -> isIn("java.util.concurrent.CompletableFuture", "get"));
  }

  /// Waits until the call waits for a lent thread that it has called back.
  void awaitCalledBack() {
    awaitThat(() -> isIn("java.util.concurrent.CompletableFuture", "join"));
  }

  private void awaitThat(BooleanSupplier condition) {
    Eventually.holds(
        Duration.ofSeconds(10),
        condition,
        () -> thread + " does not wait: " + List.of(thread.getStackTrace()));
  }

  private boolean isIn(String place, String method) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().startsWith(place) && frame.getMethodName().equals(method));
  }

  /// Waits until the process has an idle moment, which one that spins never has; compilers and
  /// collectors make noise now and then.
  static void awaitIdleProcess() {
    Eventually.holds(
        Duration.ofSeconds(10), () -> coresOver(Duration.ofMillis(200)) < 0.1, () -> "it spins");
  }

  private static double coresOver(Duration duration) {
    Duration before = CpuTime.ofProcess();
    LockSupport.parkNanos(duration.toNanos());
    return (double) CpuTime.ofProcess().minus(before).toNanos() / duration.toNanos();
  }

  T await() throws Exception {
    return ThreadKind.get(outcome);
  }

  /// Waits until the call is over, however it ends, and no longer: to be timed.
  void awaitEnd() throws Exception {
    try {
      outcome.get(ThreadKind.PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException _) { // await() says it
    }
  }
}
