package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What RETR sends.
class DownloadTest extends TransferSetUp {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  @Spec({"FT-20", "FT-45"})
  void retrGoesByZeroCopy() throws IOException {
    ftp.file("a", content);
    assertThat(client.download("RETR a")).isEqualTo(content);
    assertThat(ftp.sent()).hasSize(1);
    FtpEvents.File event = ftp.sent().getFirst();
    assertThat(event.bytes()).isEqualTo(content.length);
    assertThat(event.user()).isEqualTo("user");
    assertThat(event.verb()).isEqualTo("RETR");
    assertThat(event.path()).hasToString("/a");
    assertThat(event.elapsed()).isPositive();
    assertThat(event.mechanism()).isIn(Mechanism.NATIVE, Mechanism.CHANNEL_TRANSFER);
  }

  @Test
  @Spec({"FT-20", "FT-28"})
  void retrBeginsWhereRestSays() throws IOException {
    ftp.file("a", content);
    client.say("REST 1234567");
    assertThat(client.download("RETR a"))
        .isEqualTo(Arrays.copyOfRange(content, 1234567, content.length));
    assertThat(client.download("RETR a")).as("REST counts once").isEqualTo(content);
    client.say("REST " + content.length);
    assertThat(client.download("RETR a")).isEmpty();
    client.say("REST " + (content.length + 1));
    assertThat(client.say("RETR a")).isEqualTo("554 REST position (3000002) > file size (3000001)");
  }

  @Test
  @Spec("FT-20")
  void sizesBeyond4GiBAreRight() throws IOException {
    long size = 5L * 1024 * 1024 * 1024 + 3;
    try (var file =
        Files.newByteChannel(
            root.resolve("huge"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      file.position(size - 3);
      file.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }
    assertThat(client.say("SIZE huge")).isEqualTo("213 " + size);
    assertThat(client.list("LIST huge")).contains(" " + size + " ");
    client.say("REST " + (size - 5));
    assertThat(client.download("RETR huge")).containsExactly(0, 0, 1, 2, 3);
  }

  @Test
  @Spec({"FT-20", "FT-45"})
  void whoLeavesWhatTheKernelHoldsHasNotGotIt() throws IOException {
    assumeTrue(Mechanism.NATIVE.availability().available(), "the kernel cannot be asked");
    ftp.file("a", Arrays.copyOf(content, 1_000_000));
    for (int time = 1; time <= 10; time++) {
      try (Socket data = client.passive()) {
        assertThat(client.say("RETR a")).startsWith("1");
        assertThat(data.getInputStream().readNBytes(30_000)).hasSize(30_000);
      }
      assertThat(client.reply()).startsWith("426 Transfer aborted; ");
      assertThat(ftp.broken()).hasSize(time);
      assertThat(ftp.broken().getLast().bytes()).isBetween(30_000L, 999_999L);
    }
    assertThat(ftp.sent()).isEmpty();
  }

  @Test
  @Spec("FT-61")
  void aDigestEndsWithItsClient() throws IOException {
    assumeTrue(Mechanism.NATIVE.availability().available(), "the kernel cannot be asked");
    try (var huge = new RandomAccessFile(root.resolve("huge").toFile(), "rw")) {
      huge.setLength(100L << 30); // minutes
    }
    client.send("XSHA256 huge");
    client.close();
    Eventually.holds(PATIENCE, () -> ftp.server().active() == 0, () -> "the session stays");
  }

  @Test
  @Spec({"FT-2", "FT-10"})
  void saysWhetherTheDataConnectionIsThere() throws IOException {
    ftp.file("a", content);
    try (Socket data = client.passive()) {
      awaitConnected();
      assertThat(client.say("RETR a"))
          .isEqualTo("125 Data connection already open. Transfer starting.");
      assertThat(data.getInputStream().readAllBytes()).hasSize(content.length);
      assertThat(client.reply()).isEqualTo("226 Transfer complete.");
    }
    int port = client.passivePort();
    assertThat(client.say("RETR a"))
        .isEqualTo("150 File status okay. About to open data connection.");
    try (Socket data = new Socket(client.socket().getInetAddress(), port)) {
      assertThat(data.getInputStream().readAllBytes()).hasSize(content.length);
      assertThat(client.reply()).isEqualTo("226 Transfer complete.");
    }
  }

  private void awaitConnected() {
    Eventually.holds(PATIENCE, () -> !status().contains("waiting for connection"), this::status);
  }

  private String status() {
    try {
      return client.say("STAT");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
