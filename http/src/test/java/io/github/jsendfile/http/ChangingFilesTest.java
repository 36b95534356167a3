package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Descriptors;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Files that change while they are served, and between two requests.
@ExtendWith(LeakCheck.class)
@Timeout(60)
class ChangingFilesTest {
  private static final long LARGE_BYTES = 64L << 20; // more than the kernel takes in advance
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration NOTICED = Duration.ofSeconds(1);

  private static final int SENT_BYTES = 16 << 20;

  @TempDir private Path root;
  private HttpFixture http;

  @BeforeEach
  void start() throws IOException {
    http = HttpFixture.over(root, server -> server.openFiles(3));
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  @Test
  @Spec("HT-27")
  void aFileThatShrinksEndsTheConnectionAndIsLogged() throws IOException {
    Path large = OddFiles.in(root).sparse(LARGE_BYTES);
    try (Log log = Log.of("io.github.jsendfile.http.connection");
        Wire wire = http.connect()) {
      wire.say("GET /" + large.getFileName() + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(wire.hear(true).field("Content-Length")).isEqualTo("" + LARGE_BYTES);
      OddFiles.truncate(large, 1000);
      assertThatThrownBy(() -> wire.exactly((int) LARGE_BYTES)).isInstanceOf(IOException.class);
      Eventually.holds(PATIENCE, () -> !log.lines.isEmpty(), () -> "nothing is logged");
      assertThat(log.lines.peek()).matches(".*GET /sparse.* broke off after [\\d,.]+ bytes.*");
    }
    assertThat(http.ask("HEAD", "/" + large.getFileName()).field("Content-Length"))
        .isEqualTo("1000");
  }

  @Test
  @Spec("HT-27")
  void aFileThatGrowsIsSentAsLongAsPromised() throws IOException {
    Path large = OddFiles.in(root).sparse(LARGE_BYTES);
    try (Wire wire = http.connect()) {
      wire.say("GET /" + large.getFileName() + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(wire.hear(true).status()).isEqualTo(200);
      OddFiles.append(large, 1_000_000);
      wire.exactly((int) LARGE_BYTES);
      Wire.Answer next = wire.ask("HEAD", "/" + large.getFileName());
      assertThat(next.field("Content-Length")).isEqualTo("" + (LARGE_BYTES + 1_000_000));
    }
  }

  @Test
  @Spec("HT-28")
  void aStaleLengthIsNeverPromised() throws IOException {
    for (int size : new int[] {5, 50_000}) {
      Path file = Files.write(root.resolve("f" + size), new byte[size]);
      for (int i = 0; i < 50; i++) {
        int length = size + (i * 37) % 400;
        Files.write(file, new byte[length]);
        assertThat(http.ask("GET", "/f" + size).body()).hasSize(length);
      }
    }
  }

  @Test
  @Spec("HT-28")
  void replacedAndDeletedFilesAreNoticedWithinASecond() throws IOException {
    Files.writeString(root.resolve("f"), "old");
    assertThat(text("/f")).isEqualTo("old");
    Path next = Files.writeString(root.resolve("next"), "new");
    Files.move(next, root.resolve("f"), StandardCopyOption.REPLACE_EXISTING);
    Eventually.holds(NOTICED, () -> text("/f").equals("new"), () -> text("/f"));
    Files.delete(root.resolve("f"));
    Eventually.holds(NOTICED, () -> text("/f").contains("404"), () -> text("/f"));
    Files.writeString(root.resolve("f"), "again");
    Eventually.holds(NOTICED, () -> text("/f").equals("again"), () -> text("/f"));
  }

  @Test
  @Spec("HT-28")
  void changesOfTheSameLengthAreNoticedWithinASecond() throws IOException {
    Files.writeString(root.resolve("f"), "one");
    for (int i = 0; i < 5; i++) { // some within one tick of the clock that dates files
      String next = "t" + i + "o";
      http.ask("GET", "/f");
      Files.writeString(root.resolve("f"), next);
      Eventually.holds(NOTICED, () -> text("/f").equals(next), () -> text("/f"));
    }
    String before = http.ask("HEAD", "/f").field("ETag");
    Files.setLastModifiedTime(root.resolve("f"), FileTime.fromMillis(1));
    Eventually.holds(NOTICED, () -> !tag("/f").equals(before), () -> before);
  }

  private String tag(String target) {
    try {
      return http.ask("HEAD", target).field("ETag");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String target) {
    try {
      return http.ask("GET", target).text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Spec("HT-28")
  void anEvictedFileIsClosedOnceNobodySendsFromIt() throws IOException {
    Assumptions.assumeTrue(Descriptors.areKnown(), "no /proc to count descriptors");
    Path large = OddFiles.in(root).sparse(LARGE_BYTES).toRealPath();
    try (Wire wire = http.connect()) {
      wire.say("GET /" + large.getFileName() + " HTTP/1.1\r\nHost: a\r\n\r\n");
      wire.hear(true);
      for (int i = 0; i < 200; i++) {
        Files.writeString(root.resolve("other" + i), "x");
        assertThat(text("/other" + i)).isEqualTo("x");
      }
      Eventually.holds(PATIENCE, () -> openBelowRoot() <= 4, () -> openBelowRoot() + " open");
      wire.exactly((int) LARGE_BYTES);
      assertThat(wire.ask("GET", "/other1").text()).isEqualTo("x");
    }
    http.ask("GET", "/other2");
    http.ask("GET", "/other3");
    http.ask("GET", "/other4");
    Eventually.holds(PATIENCE, () -> openBelowRoot() <= 3, () -> openBelowRoot() + " open");
  }

  @Test
  @Spec({"HT-27", "HT-62"})
  void aFileThatIsDeletedWhileItIsSentArrivesWhole() throws IOException {
    Path large = OddFiles.in(root).ofSize(SENT_BYTES);
    byte[] content = Files.readAllBytes(large);
    try (Wire wire = http.connect()) {
      wire.say("GET /" + large.getFileName() + " HTTP/1.1\r\nHost: a\r\n\r\n");
      wire.hear(true);
      Files.delete(large);
      assertThat(wire.exactly(SENT_BYTES)).isEqualTo(content);
    }
  }

  /// A file of the kernel that may only be written: not even the administrator reads it.
  @Test
  @Spec("HT-62")
  void aFileThatCannotBeReadIsForbidden() throws IOException {
    Path writeOnly = Path.of("/sys/bus/pci/rescan");
    Assumptions.assumeTrue(Files.exists(writeOnly), "there is no " + writeOnly);
    try (HttpFixture other = HttpFixture.over(writeOnly.getParent());
        Wire wire = other.connect()) {
      assertThat(wire.ask("GET", "/rescan").status()).isEqualTo(403);
      assertThat(wire.ask("GET", "/").status()).isEqualTo(200);
    }
  }

  private long openBelowRoot() {
    try {
      String below = root.toRealPath() + "/";
      return Descriptors.open().values().stream().filter(name -> name.startsWith(below)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Spec("HT-62")
  void aRootThatVanishesIsNotFoundUntilItIsBack() throws IOException {
    Path vanishing = Files.createDirectory(root.resolve("vanishing"));
    Files.writeString(vanishing.resolve("f"), "here");
    try (HttpFixture other = HttpFixture.over(vanishing)) {
      assertThat(other.ask("GET", "/f").text()).isEqualTo("here");
      Path away = Files.move(vanishing, root.resolve("away"));
      Files.delete(away.resolve("f"));
      Files.delete(away);
      Eventually.holds(PATIENCE, () -> status(other, "/f") == 404, () -> "still there");
      Eventually.holds(PATIENCE, () -> status(other, "/") == 404, () -> "still listed");
      Files.createDirectory(vanishing);
      Files.writeString(vanishing.resolve("f"), "back");
      Eventually.holds(PATIENCE, () -> status(other, "/f") == 200, () -> "not back");
    }
  }

  private static int status(HttpFixture http, String target) {
    try {
      return http.ask("GET", target).status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a logger says.
  private static final class Log extends Handler implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;

    private Log(Logger logger) {
      this.logger = logger;
    }

    static Log of(String name) {
      Log log = new Log(Logger.getLogger(name));
      log.logger.addHandler(log);
      return log;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(java.text.MessageFormat.format(line.getMessage(), line.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
