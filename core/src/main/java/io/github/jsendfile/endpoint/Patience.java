package io.github.jsendfile.endpoint;

import java.time.Duration;

/// How long to wait for a virtual thread that has something short to do. Only a program whose
/// carrier threads are all held, by somebody's blocking call, needs longer.
///
/// On a machine that is busy with something else too, one that is free needs longer than it seems:
/// seconds, if it is the first and has classes to load. So the wait is long, but once it was in
/// vain it is short until a virtual thread runs in time again: who holds all carriers makes one
/// transfer wait long, and not all. It is counted in naps, not in time: where threads wake up late,
/// each nap lasts longer, and so does what the virtual thread needs.
public final class Patience {
  private static final Duration NAP = Duration.ofMillis(10);
  private static final int NAPS = 200;
  private static final int NAPS_WHILE_HELD = 20;

  private volatile boolean held;

  /// A wait for an end.
  @FunctionalInterface
  public interface Wait {
    /// Waits no longer than `nap`, and returns whether the end has come.
    boolean ends(Duration nap) throws InterruptedException;
  }

  /// A patience that no wait has tried yet.
  public Patience() {}

  /// Waits for an end, and returns whether it came in time.
  public boolean suffices(Wait wait) throws InterruptedException {
    int naps = held ? NAPS_WHILE_HELD : NAPS;
    for (int i = 0; i < naps; i++) {
      if (wait.ends(NAP)) {
        held = false;
        return true;
      }
    }
    held = true;
    return false;
  }
}
