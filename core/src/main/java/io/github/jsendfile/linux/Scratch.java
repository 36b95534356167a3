package io.github.jsendfile.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The few bytes of native memory that a call writes its errno and its offset to. They go round
/// among all threads; as many exist as calls were ever made at once.
record Scratch(MemorySegment state, MemorySegment number) {
  private static final ConcurrentLinkedQueue<Scratch> FREE = new ConcurrentLinkedQueue<>();

  static Scratch take() {
    Scratch scratch = FREE.poll();
    if (scratch != null) {
      return scratch;
    }
    Arena forEver = Arena.global();
    return new Scratch(
        forEver.allocate(Linker.Option.captureStateLayout()), forEver.allocate(Long.BYTES));
  }

  void giveBack() {
    FREE.add(this);
  }
}
