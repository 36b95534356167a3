package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Transfers either way: text, other commands meanwhile, limits.
class TransferTest extends TransferSetUp {
  @Test
  @Spec({"FT-10", "FT-8"})
  void refusesWhatIsNoFile() throws IOException {
    Files.createDirectory(root.resolve("d"));
    assertThat(client.say("RETR nope")).isEqualTo("550 No such file or directory.");
    assertThat(client.say("RETR d")).isEqualTo("550 Is a directory.");
    assertThat(client.say("STOR d")).isEqualTo("550 Is a directory.");
    assertThat(client.say("APPE d")).isEqualTo("550 Is a directory.");
    assertThat(client.say("STOR nope/a")).isEqualTo("550 No such file or directory.");
  }

  @Test
  @Spec("FT-21")
  void textIsConvertedBothWays() throws IOException {
    String lines = "one\ntwo\r\n\nthree".repeat(30_000);
    ftp.file("a", lines.getBytes(StandardCharsets.US_ASCII));
    client.say("TYPE A");
    assertThat(client.list("RETR a")).isEqualTo(lines.replaceAll("(?<!\r)\n", "\r\n"));
    String network = "one\r\ntwo\r\n\r\nthree\rfour\r\n".repeat(30_000);
    assertThat(client.upload("STOR b", network.getBytes(StandardCharsets.US_ASCII)))
        .startsWith("226 ");
    assertThat(root.resolve("b")).hasContent(network.replace("\r\n", "\n"));
    assertThat(Files.size(root.resolve("b"))).isEqualTo(network.replace("\r\n", "\n").length());
  }

  @Test
  @Spec("FT-1")
  void quitLetsTheTransferEnd() throws IOException {
    try (Socket data = client.passive()) {
      assertThat(client.say("STOR a")).startsWith("1");
      data.getOutputStream().write(content, 0, 1_000_000);
      assertThat(client.say("QUIT")).startsWith("221 ");
      data.getOutputStream().write(content, 1_000_000, content.length - 1_000_000);
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(client.isAtEnd()).isTrue();
    assertThat(root.resolve("a")).hasBinaryContent(content);
  }

  @Test
  @Spec("FT-1")
  void reinLetsTheTransferEnd() throws IOException {
    ftp.file("a", content);
    try (Socket data = client.passive()) {
      assertThat(client.say("RETR a")).startsWith("1");
      client.send("REIN");
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
      assertThat(client.reply() + client.reply()).contains("230 ").contains("226 ");
    }
    assertThat(client.say("PWD")).startsWith("530 ");
  }

  @Test
  @Spec("FT-23")
  void theNextTransferMayBeAskedForBeforeTheEnd() throws IOException {
    ftp.file("a", content);
    try (Socket data = client.passive()) {
      client.send("RETR a\r\nEPSV");
      assertThat(client.reply()).startsWith("1");
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(client.reply()).startsWith("229 ");
  }

  @Test
  @Spec("FT-24")
  void aStalledDownloadEndsAndTheSessionStays() throws IOException {
    sparse("big", 1L << 30);
    try (FtpFixture impatient = impatient();
        Dialogue slow = impatient.binary();
        Socket data = slow.passive()) {
      assertThat(slow.say("RETR big")).startsWith("1");
      assertThat(slow.reply()).startsWith("426 Data connection timed out; ");
      assertThat(slow.say("NOOP")).startsWith("200 ");
      assertThat(data.isConnected()).isTrue();
    }
  }

  @Test
  @Spec("FT-24")
  void aStalledUploadEndsAndTheSessionStays() throws IOException {
    try (FtpFixture impatient = impatient();
        Dialogue slow = impatient.binary();
        Socket data = slow.passive()) {
      assertThat(slow.say("STOR a")).startsWith("1");
      data.getOutputStream().write(content, 0, 100);
      assertThat(slow.reply()).startsWith("426 Data connection timed out; ");
      assertThat(slow.say("NOOP")).startsWith("200 ");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  @Spec("FT-24")
  void aSessionDoesNotIdleOutWhileDataMoves() throws IOException {
    try (FtpFixture hasty =
            FtpFixture.over(root, options -> options.idleTimeout(Duration.ofSeconds(1)));
        Dialogue busy = hasty.binary()) {
      try (Socket data = busy.passive()) {
        assertThat(busy.say("STOR a")).startsWith("1");
        long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
        while (System.nanoTime() < end) {
          data.getOutputStream().write(content, 0, 1);
          java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
      }
      assertThat(busy.reply()).startsWith("226 ");
      assertThat(busy.reply()).as("and then it does").startsWith("421 ");
    }
  }

  @Test
  @Spec("FT-42")
  void ratesAreKeptBothWays() throws IOException {
    ftp.file("a", Arrays.copyOf(content, 1_000_000));
    for (Bandwidth limits :
        List.of(
            Bandwidth.builder().perTransfer(4_000_000).build(),
            Bandwidth.builder().perUser(4_000_000).build(),
            Bandwidth.builder().total(4_000_000).build())) {
      try (FtpFixture slow =
              FtpFixture.over(
                  root, options -> options.downloadBandwidth(limits).uploadBandwidth(limits));
          Dialogue other = slow.binary()) {
        assertThat(other.download("RETR a")).hasSize(1_000_000);
        assertThat(other.upload("STOR b", Arrays.copyOf(content, 1_000_000))).startsWith("226 ");
        FtpEvents.File sent = slow.sent().getFirst();
        assertThat(sent.elapsed()).isGreaterThan(Duration.ofMillis(120));
        assertThat(sent.mechanism()).isNotEqualTo(Mechanism.BUFFERED_COPY);
        assertThat(slow.received().getFirst().elapsed()).isGreaterThan(Duration.ofMillis(120));
      }
    }
  }

  private FtpFixture impatient() throws IOException {
    return FtpFixture.over(root, options -> options.stallTimeout(Duration.ofMillis(300)));
  }

  private void sparse(String name, long size) throws IOException {
    try (var file = new java.io.RandomAccessFile(root.resolve(name).toFile(), "rw")) {
      file.setLength(size);
    }
  }

  private java.util.List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
