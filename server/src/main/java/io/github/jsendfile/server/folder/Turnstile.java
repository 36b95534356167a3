package io.github.jsendfile.server.folder;

import java.util.concurrent.Semaphore;

/// Lets only a few threads at a time make, rename and delete entries. The kernel lets one at a time
/// into a directory, and who waits for that, or for the disk, holds a carrier thread: of thousands
/// of uploads that begin or end at once, a few would hold them all, and nobody else be served. Who
/// waits here holds none.
final class Turnstile implements AutoCloseable {
  static final int AT_ONCE = Math.max(1, carriers() / 4);

  private static final Semaphore FREE = new Semaphore(AT_ONCE);
  private static final Turnstile PASSED = new Turnstile();

  private Turnstile() {}

  /// Waits for its turn.
  ///
  /// @return to be closed when the change is made
  static Turnstile pass() {
    FREE.acquireUninterruptibly();
    return PASSED;
  }

  @Override
  public void close() {
    FREE.release();
  }

  private static int carriers() {
    return Integer.getInteger(
        "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
  }
}
