package io.github.jsendfile.http.upload;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.Survey;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Deletes, at the start and then every hour, what uploads have left that nobody has gone on with.
public final class Sweeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeper.class.getPackageName());
  private static final long INTERVAL_MINUTES = 60;

  private final FileTree tree;
  private final Duration kept;
  private final Quotas quotas;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Sweeper(FileTree tree, Duration kept, Quotas quotas, InstantSource clock) {
    this.tree = tree;
    this.kept = kept;
    this.quotas = quotas;
    this.clock = clock;
  }

  /// Begins.
  ///
  /// @param kept how long after its last byte an upload can be gone on with
  /// @return to be closed
  public static Sweeper start(FileTree tree, Duration kept, Quotas quotas) {
    Sweeper sweeper = new Sweeper(tree, kept, quotas, InstantSource.system());
    Thread.ofVirtual().name("upload sweeper").start(sweeper::run);
    return sweeper;
  }

  private void run() {
    try {
      do {
        attempt();
      } while (!closed.await(INTERVAL_MINUTES, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    try {
      sweep(tree, clock, kept);
      quotas.recount();
    } catch (IOException e) { // the directory is away; it may come back
      LOG.log(Level.DEBUG, "looking for uploads that broke off: {0}", e.getMessage());
    }
  }

  static void sweep(FileTree tree, InstantSource clock, Duration kept) throws IOException {
    Survey survey = tree.survey(clock.instant().minus(kept));
    if (survey.unfinishedDeleted() > 0) {
      LOG.log(Level.INFO, "deleted {0} uploads that had broken off", survey.unfinishedDeleted());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
