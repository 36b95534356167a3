package io.github.jsendfile.cli.console;

import java.io.File;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// Repaints one line on a terminal while bytes move, and while they do not, and takes the line away
/// when it is closed. On anything that is no terminal it does nothing.
public final class ProgressBar implements LongConsumer, AutoCloseable {
  private static final Duration REPAINT = Duration.ofMillis(200);

  /// The rate shown is that of the last few seconds.
  private static final double MEMORY_SECONDS = 2;

  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream err;
  private final int columns;
  private final String label;
  private final long total;
  private final long startedAt = System.nanoTime();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread painter;
  private volatile long bytes;
  private long seen;
  private long seenAt = startedAt;
  private long movedAt = startedAt;
  private double bytesPerSecond;

  private ProgressBar(Terminal terminal, String label, long total) {
    this.err = terminal.err();
    this.columns = terminal.columns();
    this.label = nameIn(label);
    this.total = total;
    this.painter = Thread.ofPlatform().daemon().name("jsendfile-progress").unstarted(this::run);
  }

  /// Begins to paint, if that makes sense.
  ///
  /// @param quiet whether the user wants none
  /// @param total how many bytes there will be, or [ProgressLine#UNKNOWN]
  public static ProgressBar start(Terminal terminal, boolean quiet, String label, long total) {
    ProgressBar bar = new ProgressBar(terminal, label, total);
    if (!quiet && terminal.interactive()) {
      bar.painter.start();
    } else {
      bar.closed.countDown();
    }
    return bar;
  }

  /// The last part of a path, harmless to a terminal.
  static String nameIn(String path) {
    String name = path.substring(path.lastIndexOf(File.separatorChar) + 1);
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public void accept(long bytesSoFar) {
    bytes = bytesSoFar;
  }

  private void run() {
    try {
      while (!closed.await(REPAINT.toMillis(), TimeUnit.MILLISECONDS)) {
        paint(System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    err.print(CLEAR_LINE);
    err.flush();
  }

  private void paint(long now) {
    measure(now);
    ProgressLine line =
        new ProgressLine(
            label,
            seen,
            total,
            bytesPerSecond,
            Duration.ofNanos(now - startedAt),
            Duration.ofNanos(now - movedAt));
    err.print(CLEAR_LINE + line.render(columns));
    err.flush();
  }

  private void measure(long now) {
    long current = bytes;
    double seconds = (now - seenAt) / 1e9;
    double latest = (current - seen) / seconds;
    double sinceStart = (now - startedAt) / 1e9;
    double weight = Math.max(seconds / Math.min(MEMORY_SECONDS, sinceStart), 0.1);
    bytesPerSecond += Math.min(1, weight) * (latest - bytesPerSecond);
    if (current != seen) {
      movedAt = now;
    }
    seen = current;
    seenAt = now;
  }

  @Override
  public void close() {
    closed.countDown();
    if (painter.isAlive()) {
      try {
        painter.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
