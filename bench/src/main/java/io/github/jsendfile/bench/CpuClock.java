package io.github.jsendfile.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/// CPU time as the kernel accounts it, in nanoseconds. The JDK's own figure for the process counts
/// in ticks of 10 ms, too coarse for what we measure.
public final class CpuClock {
  private static final int PROCESS = 2;
  private static final int THREAD = 3;
  private static final long TICK_NANOS = 10_000_000;
  private static final Path SELF = Path.of("/proc/self/stat");
  private static final int CUTIME = 13; // of the fields behind the name in proc_pid_stat(5)
  private static final int CSTIME = 14;
  private static final Path TASKS = Path.of("/proc/self/task");

  /// As far as the kernel keeps the names of the JDK's carrier threads, and of those that JSendfile
  /// lends.
  private static final Set<String> CARRIERS = Set.of("ForkJoinPool-1-", "jsendfile-lent-");

  private static final MethodHandle CLOCK_GETTIME = clockGettime();

  private CpuClock() {}

  /// What all threads of this process have used so far.
  public static long processNanos() {
    return read(PROCESS);
  }

  /// What all threads of another process have used so far; 0 if there is none any more.
  public static long nanosOf(long pid) {
    int clock = ~(int) pid << 3 | 2; // as clock_getcpuclockid(3) makes it
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
      return failed(clock, time) ? 0 : nanos(time);
    }
  }

  /// What the processes that this one has started have used, those that have ended; in ticks of
  /// 10 ms.
  public static long endedChildrenNanos() throws IOException {
    String[] fields = Files.readString(SELF).replaceFirst(".*\\) ", "").split(" ", -1);
    return (Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CSTIME])) * TICK_NANOS;
  }

  /// What the calling thread has used so far; for a virtual thread, what all carriers have and all
  /// threads that are lent, so let there be no other virtual thread at work.
  public static long senderNanos() {
    return Thread.currentThread().isVirtual() ? carrierNanos() : read(THREAD);
  }

  private static long carrierNanos() {
    long total = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        total += carrierNanos(task);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return total;
  }

  private static long carrierNanos(Path task) throws IOException {
    try {
      if (!CARRIERS.contains(Files.readString(task.resolve("comm")).strip())) {
        return 0;
      }
      return read(clockOf(Integer.parseInt(task.getFileName().toString())));
    } catch (NoSuchFileException e) { // it has ended since it was listed
      return 0;
    }
  }

  /// As pthread_getcpuclockid(3) makes it of the number that the kernel has for a thread.
  private static int clockOf(int task) {
    return ~task << 3 | 6;
  }

  private static long read(int clock) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
      if (failed(clock, time)) {
        throw new IllegalStateException("clock_gettime(" + clock + ") failed");
      }
      return nanos(time);
    }
  }

  private static boolean failed(int clock, MemorySegment time) {
    try {
      return (int) CLOCK_GETTIME.invokeExact(clock, time) != 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static long nanos(MemorySegment time) {
    long seconds = time.getAtIndex(ValueLayout.JAVA_LONG, 0);
    return seconds * 1_000_000_000L + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle clockGettime() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("clock_gettime"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  }
}
