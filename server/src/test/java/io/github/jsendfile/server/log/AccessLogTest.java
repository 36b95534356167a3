package io.github.jsendfile.server.log;

import static io.github.jsendfile.server.log.LogFormatTest.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Spec({"HT-44", "FT-44"})
@ExtendWith(LeakCheck.class)
@Timeout(60)
class AccessLogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path directory;

  private static void awaitLines(Path file, int count) {
    Eventually.holds(PATIENCE, () -> lines(file).size() == count, () -> lines(file).toString());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }

  @Test
  void appendsWithinASecondAndAtTheClose() throws IOException {
    Path file = Files.writeString(directory.resolve("access.log"), "before\n");
    try (AccessLog log = AccessLog.to(file, LogFormat.COMMON)) {
      for (int i = 1; i <= 3; i++) {
        log.log(entry("/" + i));
        awaitLines(file, 1 + i);
      }
      log.log(entry("/last"));
    }
    assertThat(lines(file)).hasSize(5).startsWith("before").last().asString().contains("/last");
  }

  @Test
  void losesNothingOfManyThreads() throws Exception {
    Path file = directory.resolve("access.log");
    int threads = 8;
    int each = 2_000;
    List<Thread> loggers = new ArrayList<>();
    try (AccessLog log = AccessLog.to(file, LogFormat.COMBINED)) {
      for (int t = 0; t < threads; t++) {
        String prefix = "/" + t + "/";
        loggers.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    log.log(entry(prefix + i));
                  }
                }));
      }
      for (Thread logger : loggers) {
        logger.join();
      }
      assertThat(log.lost()).isZero();
    }
    assertThat(lines(file)).hasSize(threads * each).doesNotHaveDuplicates();
    assertThat(lines(file).stream().filter(line -> line.contains(" /3/")).map(this::number))
        .hasSize(each)
        .isSorted();
  }

  private int number(String line) {
    return Integer.parseInt(line.replaceAll(".* /\\d+/(\\d+) .*", "$1"));
  }

  @Test
  void beginsAFileThatWasMovedAwayAnew() throws IOException {
    Path file = directory.resolve("access.log");
    Path rotated = directory.resolve("access.log.1");
    try (AccessLog log = AccessLog.to(file, LogFormat.JSON)) {
      log.log(entry("/1"));
      awaitLines(file, 1);
      Files.move(file, rotated);
      log.log(entry("/2"));
      awaitLines(file, 1);
      Files.delete(file);
      log.log(entry("/3"));
      awaitLines(file, 1);
    }
    assertThat(lines(rotated)).singleElement().asString().contains("/1");
    assertThat(lines(file)).singleElement().asString().contains("/3");
  }

  @Test
  void neverHoldsUpARequest() {
    CountDownLatch never = new CountDownLatch(1);
    OutputStream stalled =
        new ByteArrayOutputStream() {
          @Override
          @SuppressWarnings("UnsynchronizedOverridesSynchronized") // one thread writes
          public void write(byte[] bytes, int start, int length) {
            awaitQuietly(never);
          }
        };
    int many = 200_000;
    try (AccessLog log = AccessLog.to(stalled, LogFormat.COMMON)) {
      for (int i = 0; i < many; i++) {
        log.log(entry("/"));
      }
      assertThat(log.lost()).isBetween(many / 4L, (long) many);
      never.countDown();
    }
  }

  @Test
  void countsWhatTheDiskDoesNotTakeAndGoesOn() {
    AtomicBoolean full = new AtomicBoolean(true);
    ByteArrayOutputStream disk = new ByteArrayOutputStream();
    OutputStream filling =
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            if (full.get()) {
              throw new IOException("No space left on device");
            }
            disk.write(single);
          }
        };
    try (AccessLog log = AccessLog.to(filling, LogFormat.COMMON)) {
      log.log(entry("/1"));
      Eventually.holds(PATIENCE, () -> log.lost() == 1, () -> log.lost() + " lost");
      full.set(false);
      log.log(entry("/2"));
    }
    assertThat(disk.toString(UTF_8)).contains("/2").hasLineCount(1);
  }

  @Test
  void leavesAStreamOpen() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    ByteArrayOutputStream stream =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    AccessLog log = AccessLog.to(stream, LogFormat.COMMON);
    log.log(entry("/"));
    log.close();
    assertThat(stream.toString(UTF_8)).hasLineCount(1);
    assertThat(closed).isFalse();
    log.log(entry("/late"));
    assertThat(log.lost()).isEqualTo(1);
  }

  @Test
  void saysAtTheStartThatAFileCannotBeWritten() {
    Path missing = directory.resolve("missing").resolve("access.log");
    assertThatThrownBy(() -> AccessLog.to(missing, LogFormat.COMMON))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
