package io.github.jsendfile.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.OddFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Carriers that the file system holds.
@Timeout(60)
class CarriersTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final int before = scheduler.getParallelism();
  private final BlockingQueue<Integer> set = new LinkedBlockingQueue<>();

  @TempDir private Path directory;

  @AfterEach
  void putBack() {
    scheduler.setParallelism(before);
  }

  @Test
  void areMoreWhileAllAreHeldAndAsManyAsCoresAgainLater() throws Exception {
    Path fifo = OddFiles.in(directory).fifo();
    Thread watching = Thread.ofPlatform().start(new Carriers(1, this::note, SOON));
    List<Thread> held = new ArrayList<>();
    for (int i = 0; i < before; i++) {
      held.add(Thread.ofVirtual().start(() -> waitForAWriter(fifo)));
    }
    CountDownLatch ran = new CountDownLatch(1);
    Thread.ofVirtual().start(ran::countDown);
    assertThat(set.poll(30, TimeUnit.SECONDS)).isEqualTo(8);
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    try (FileChannel writer = FileChannel.open(fifo, StandardOpenOption.WRITE)) {
      assertThat(writer.isOpen()).isTrue();
      for (Thread thread : held) {
        thread.join();
      }
    }
    assertThat(set.poll(30, TimeUnit.SECONDS)).isOne();
    assertThat(set).isEmpty();
    watching.interrupt();
    watching.join();
  }

  private void note(int carriers) {
    set.add(carriers);
    scheduler.setParallelism(Math.max(carriers, before));
  }

  private static void waitForAWriter(Path fifo) {
    try (FileChannel reader = FileChannel.open(fifo)) {
      assertThat(reader.isOpen()).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
