package io.github.jsendfile.server.log;

import static java.util.Objects.requireNonNull;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A line for each request, in a file or on a stream. Who logs does not wait: a thread of the log
/// writes the lines together, four times a second at most and never later than that. What it
/// cannot write, since the disk is full or a pipe is not read, it counts and tells. Thread-safe.
public final class AccessLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AccessLog.class.getPackageName());
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /// How many entries may wait; they hold some 30 MB then.
  private static final int CAPACITY = 64 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final OutputStream out;
  private final LogFormat format;
  private final Thread writer;
  private final Object lock = new Object();
  private List<AccessEntry> waiting = new ArrayList<>();
  private List<AccessEntry> written = new ArrayList<>(); // empty between batches
  private boolean closed;
  private long lost;
  private boolean failing;

  private AccessLog(OutputStream out, LogFormat format) {
    this.out = out;
    this.format = requireNonNull(format, "format");
    this.writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::run);
  }

  /// Appends to a file, which is made if need be. A file that log rotation moves away is begun
  /// anew.
  ///
  /// @param file its name
  /// @param format of the lines
  /// @return a log, to be closed by the caller
  /// @throws IOException if the file cannot be opened
  public static AccessLog to(Path file, LogFormat format) throws IOException {
    return start(new LogFile(requireNonNull(file, "file")), format);
  }

  /// Writes to a stream.
  ///
  /// @param stream flushed with the lines, not closed by the log
  /// @param format of the lines
  /// @return a log, to be closed by the caller
  public static AccessLog to(OutputStream stream, LogFormat format) {
    return start(new NotClosed(requireNonNull(stream, "stream")), format);
  }

  private static AccessLog start(OutputStream out, LogFormat format) {
    AccessLog log = new AccessLog(out, format);
    log.writer.start();
    return log;
  }

  /// Logs a request. Never waits and never fails: too many entries that cannot be written are
  /// lost, and counted.
  ///
  /// @param entry what was done
  public void log(AccessEntry entry) {
    requireNonNull(entry, "entry");
    boolean wakes;
    synchronized (lock) {
      if (closed || waiting.size() >= CAPACITY) {
        lost++;
        return;
      }
      waiting.add(entry);
      wakes = waiting.size() == 1 || waiting.size() == CAPACITY / 2;
    }
    if (wakes) {
      LockSupport.unpark(writer);
    }
  }

  /// How many entries could not be written.
  ///
  /// @return a count
  public long lost() {
    synchronized (lock) {
      return lost;
    }
  }

  /// Writes what waits and ends; waits a few seconds at most for a stream that does not take it.
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    LockSupport.unpark(writer);
    try {
      if (!writer.join(PATIENCE)) {
        LOG.log(Level.WARNING, "the access log does not take its last lines");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (out) {
      while (awaitEntries()) {
        write(take());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing the access log", e);
    }
  }

  /// Waits until there are some, and a moment for more.
  ///
  /// @return false if there are none to come
  private boolean awaitEntries() {
    while (isEmpty() && !isClosed()) {
      LockSupport.park(this);
    }
    if (!isClosed()) {
      LockSupport.parkNanos(this, GATHER_NANOS);
    }
    return !isEmpty() || !isClosed();
  }

  private boolean isEmpty() {
    synchronized (lock) {
      return waiting.isEmpty();
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private List<AccessEntry> take() {
    synchronized (lock) {
      List<AccessEntry> taken = waiting;
      waiting = written;
      written = taken;
      return taken;
    }
  }

  private void write(List<AccessEntry> entries) {
    try {
      out.write(format.lines(entries));
      out.flush();
      if (failing) {
        failing = false;
        LOG.log(Level.INFO, "the access log is written again; {0} entries were lost", lost());
      }
    } catch (IOException e) {
      lose(entries.size(), e);
    }
    entries.clear();
  }

  private void lose(int entries, IOException reason) {
    synchronized (lock) {
      lost += entries;
    }
    if (!failing) {
      failing = true;
      LOG.log(Level.WARNING, "cannot write the access log: {0}", reason.toString());
    }
  }

  /// A stream that belongs to somebody else.
  private static final class NotClosed extends FilterOutputStream {
    NotClosed(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      out.write(bytes, start, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
