package io.github.jsendfile;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One thread that sees to the limits of all transfers that may be waiting. Joining costs a
/// transfer an entry in a set and seldom a wake-up, since the thread is already to look before
/// any limit that is more than [#MAX_SLEEP_NANOS] away. It ends when it finds nothing to watch
/// twice in a row.
final class Watchdog {
  private static final long MAX_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Limits closer together than this are seen to together.
  private static final long MIN_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long NO_LOOK_PLANNED = Long.MAX_VALUE;

  private static final long EPOCH = System.nanoTime();
  private static final Set<Watch> WATCHED = ConcurrentHashMap.newKeySet();
  private static final Object LOCK = new Object();

  private static volatile long nextLookAt = NO_LOOK_PLANNED;
  private static @Nullable Thread thread;

  private Watchdog() {}

  static void add(Watch watch) {
    WATCHED.add(watch); // before the look at the plan: see plan()
    long due = clock() + watch.nanosLeft(System.nanoTime());
    if (due < nextLookAt) {
      lookBy(due);
    }
  }

  static void remove(Watch watch) {
    WATCHED.remove(watch);
  }

  /// How many transfers are watched.
  static int size() {
    return WATCHED.size();
  }

  private static long clock() {
    return System.nanoTime() - EPOCH;
  }

  private static void lookBy(long due) {
    synchronized (LOCK) {
      nextLookAt = Math.min(nextLookAt, due);
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("jsendfile-watchdog").start(Watchdog::run);
      } else {
        LockSupport.unpark(thread);
      }
    }
  }

  private static void run() {
    boolean idle = false;
    while (true) {
      long sleep = nextLookAt - clock();
      if (sleep > 0) {
        LockSupport.parkNanos(sleep);
        continue;
      }
      synchronized (LOCK) {
        nextLookAt = NO_LOOK_PLANNED; // who joins from here on plans a look
      }
      long left = look();
      boolean mayEnd = idle;
      idle = WATCHED.isEmpty();
      if (!plan(left, mayEnd)) {
        return;
      }
    }
  }

  private static long look() {
    long left = MAX_SLEEP_NANOS;
    for (Watch watch : WATCHED) {
      long now = System.nanoTime();
      watch.check(now);
      if (watch.state() == Watch.State.RUNNING) {
        left = Math.min(left, watch.nanosLeft(now));
      }
    }
    return Math.max(left, MIN_SLEEP_NANOS);
  }

  private static boolean plan(long left, boolean mayEnd) {
    synchronized (LOCK) {
      if (mayEnd && WATCHED.isEmpty() && nextLookAt == NO_LOOK_PLANNED) {
        thread = null;
        return false;
      }
      nextLookAt = Math.min(nextLookAt, clock() + left);
      return true;
    }
  }
}
