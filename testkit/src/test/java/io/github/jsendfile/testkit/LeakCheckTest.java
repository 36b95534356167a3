package io.github.jsendfile.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakCheckTest {
  @TempDir Path directory;

  @Test
  void passesWhenAllIsClosed() throws IOException {
    Path file = OddFiles.in(directory).ofSize(1);
    LeakCheck.Snapshot before = LeakCheck.now();
    FileChannel.open(file).close();
    before.assertNothingLeaked();
  }

  @Test
  void namesTheFileLeftOpen() throws IOException {
    Path file = OddFiles.in(directory).ofSize(1);
    LeakCheck.Snapshot before = LeakCheck.now();
    FileChannel open = FileChannel.open(file);
    try {
      assertThatThrownBy(() -> before.assertNothingLeaked(Duration.ofMillis(50)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(file.getFileName().toString());
    } finally {
      open.close();
    }
  }

  @Test
  void namesTheThreadLeftRunning() throws InterruptedException {
    LeakCheck.Snapshot before = LeakCheck.now();
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        Thread.ofPlatform()
            .name("forgotten")
            .start(
                () -> {
                  try {
                    end.await();
                  } catch (InterruptedException ignored) { // ends as well
                  }
                });
    assertThatThrownBy(() -> before.assertNothingLeaked(Duration.ofMillis(50)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("forgotten");
    end.countDown();
    thread.join();
  }
}
