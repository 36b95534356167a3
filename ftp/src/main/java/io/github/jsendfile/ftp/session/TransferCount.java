package io.github.jsendfile.ftp.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// How many transfers there are, lists too. Thread-safe.
public final class TransferCount {
  private final AtomicInteger active = new AtomicInteger();
  private final LongAdder begun = new LongAdder();

  /// How many are under way.
  public int active() {
    return active.get();
  }

  /// How many have begun since the start.
  public long begun() {
    return begun.sum();
  }

  void begin() {
    active.incrementAndGet();
    begun.increment();
  }

  void end() {
    active.decrementAndGet();
  }
}
