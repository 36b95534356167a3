package io.github.jsendfile.cli.serve;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntConsumer;
import jdk.management.VirtualThreadSchedulerMXBean;

/// The threads that carry virtual threads: one a core, and more while something holds them all.
///
/// Eight on two cores cost 6 to 83 % more CPU per request (docs/decisions/0011-carriers.md), since
/// each wake-up of a virtual thread may be one of another carrier. But reading a cold file holds
/// its carrier as long as the disk takes. So it is looked now and then: if virtual threads wait to
/// run although no thread of the process does, the carriers are held.
final class Carriers implements Runnable {
  private static final int WHILE_HELD = 8;
  private static final Duration BEAT = Duration.ofMillis(50);
  private static final Duration START = Duration.ofSeconds(1); // has better things to do
  private static final int LOOKS = 5;
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final Duration CALM = Duration.ofMinutes(1);

  private final int cores;
  private final IntConsumer parallelism;
  private final Duration calm;
  private boolean raised;
  private long raisedAt;

  Carriers(int cores, IntConsumer parallelism, Duration calm) {
    this.cores = cores;
    this.parallelism = parallelism;
    this.calm = calm;
  }

  /// Watches the carriers of this process, of which there are as many as cores, for its lifetime.
  static void watch() {
    int cores = Runtime.getRuntime().availableProcessors();
    Carriers carriers = new Carriers(cores, Carriers::set, CALM);
    Thread.ofPlatform().daemon().name("carriers").start(carriers);
  }

  private static void set(int carriers) {
    Scheduler.BEAN.setParallelism(carriers);
  }

  @Override
  public void run() {
    try {
      Thread.sleep(START);
      while (true) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    Thread.sleep(BEAT);
    if (someWait() && nothingRuns()) {
      if (!raised) {
        parallelism.accept(Math.max(WHILE_HELD, 2 * cores));
      }
      Thread.ofVirtual().name("wanted").start(() -> {}); // a new carrier comes with a new thread
      raised = true;
      raisedAt = System.nanoTime();
    } else if (raised && !someWait() && System.nanoTime() - raisedAt > calm.toNanos()) {
      raised = false;
      parallelism.accept(cores);
    }
  }

  private static boolean someWait() {
    return Scheduler.BEAN.getQueuedVirtualThreadCount() > 0;
  }

  /// That some wait may also mean that there is much to do: then threads run, or wait for a core.
  private static boolean nothingRuns() throws InterruptedException {
    for (int i = 0; i < LOOKS; i++) {
      Thread.sleep(BEAT.dividedBy(LOOKS));
      if (!someWait() || runningThreads() > 1) { // more than this one
        return false;
      }
    }
    return true;
  }

  /// Loaded with the first look, not with the start.
  private static final class Scheduler {
    static final VirtualThreadSchedulerMXBean BEAN =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  }

  private static int runningThreads() {
    int running = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        String stat = Files.readString(task.resolve("stat"));
        if (stat.startsWith(") R", stat.lastIndexOf(')'))) {
          running++;
        }
      }
    } catch (IOException e) {
      return 0; // not on Linux, or a thread has ended
    }
    return running;
  }
}
