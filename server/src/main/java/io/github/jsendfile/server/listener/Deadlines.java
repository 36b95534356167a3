package io.github.jsendfile.server.listener;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Looks at the deadlines of all connections four times a second, with one thread, which sleeps
/// while there are none. Actions run on virtual threads, so they may wait. Thread-safe.
public final class Deadlines implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deadlines.class.getPackageName());
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final LongSupplier nanoClock;
  private final long epoch;
  private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  private Deadlines(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.epoch = nanoClock.getAsLong();
    this.thread = Thread.ofPlatform().daemon().name("deadlines").unstarted(this::run);
  }

  /// Begins to look.
  ///
  /// @return a keeper of deadlines, to be closed by the caller
  public static Deadlines start() {
    return start(System::nanoTime);
  }

  /// Begins to look, by another clock, four times a real second.
  ///
  /// @param nanoClock counts nanoseconds from anywhere, never backwards; called by any thread
  /// @return a keeper of deadlines, to be closed by the caller
  public static Deadlines start(LongSupplier nanoClock) {
    Deadlines started = new Deadlines(requireNonNull(nanoClock, "nanoClock"));
    started.thread.start();
    return started;
  }

  /// A new deadline, set to never.
  ///
  /// @param action runs, once and on a virtual thread, when it passes: closes a socket
  /// @return a deadline, to be closed by the caller
  public Deadline register(Runnable action) {
    Deadline deadline = new Deadline(this, requireNonNull(action, "action"));
    deadlines.add(deadline);
    if (asleep) { // seen, or else the thread sees the deadline before it sleeps
      LockSupport.unpark(thread);
    }
    return deadline;
  }

  /// Stops looking: no deadline passes any more.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /// How many deadlines are kept.
  int size() {
    return deadlines.size();
  }

  long now() {
    return nanoClock.getAsLong() - epoch;
  }

  void forget(Deadline deadline) {
    deadlines.remove(deadline);
  }

  private void run() {
    while (!closed) {
      sleep();
      look();
    }
  }

  private void sleep() {
    asleep = true;
    if (deadlines.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
    if (!closed) {
      LockSupport.parkNanos(this, INTERVAL_NANOS);
    }
  }

  private void look() {
    long now = now();
    for (Deadline deadline : deadlines) {
      if (deadline.passes(now)) {
        forget(deadline);
        Thread.ofVirtual().name("deadline").start(() -> act(deadline));
      }
    }
  }

  private static void act(Deadline deadline) {
    try {
      deadline.action().run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "at a deadline", e);
    }
  }
}
