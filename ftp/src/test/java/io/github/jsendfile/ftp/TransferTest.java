package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class TransferTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path root;
  private final byte[] content = new byte[3_000_001];
  private FtpFixture ftp;
  private Dialogue client;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    ftp = FtpFixture.over(root);
    client = ftp.binary();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    ftp.close();
  }

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

  @Test
  @Spec({"FT-22", "FT-45"})
  void storTakesTheNameWhenAllIsThere() throws IOException {
    try (Socket data = client.passive()) {
      assertThat(client.say("STOR a")).startsWith("1");
      data.getOutputStream().write(content);
      assertThat(root.resolve("a")).doesNotExist();
    }
    assertThat(client.reply()).isEqualTo("226 Transfer complete.");
    assertThat(root.resolve("a")).hasBinaryContent(content);
    assertThat(client.upload("STOR a", new byte[] {1, 2})).startsWith("226 ");
    assertThat(root.resolve("a")).hasBinaryContent(new byte[] {1, 2});
    assertThat(client.upload("STOR empty", new byte[0])).startsWith("226 ");
    assertThat(root.resolve("empty")).isEmptyFile();
    assertThat(ftp.received())
        .extracting(FtpEvents.File::bytes)
        .containsExactly((long) content.length, 2L, 0L);
    assertThat(files()).containsExactlyInAnyOrder("a", "empty");
  }

  @Test
  @Spec({"FT-22", "FT-28"})
  void storAfterRestKeepsWhatIsBefore() throws IOException {
    ftp.file("a", Arrays.copyOf(content, 1_000_000));
    client.say("REST 500000");
    assertThat(client.upload("STOR a", Arrays.copyOfRange(content, 500_000, content.length)))
        .startsWith("226 ");
    assertThat(root.resolve("a")).hasBinaryContent(content);
    client.say("REST 5");
    assertThat(client.say("STOR new")).isEqualTo("550 No such file or directory.");
    assertThat(root.resolve("new")).doesNotExist();
    client.say("REST 10000000");
    assertThat(client.say("STOR a")).startsWith("554 REST position (10000000) > file size (");
  }

  @Test
  @Spec({"FT-22", "FT-28"})
  void appends() throws IOException {
    ftp.file("a", Arrays.copyOf(content, 1_000_000));
    assertThat(client.upload("APPE a", Arrays.copyOfRange(content, 1_000_000, content.length)))
        .startsWith("226 ");
    assertThat(root.resolve("a")).hasBinaryContent(content);
    assertThat(client.upload("APPE new", new byte[] {5})).startsWith("226 ");
    assertThat(root.resolve("new")).hasBinaryContent(new byte[] {5});
    client.say("REST 5");
    assertThat(client.say("APPE a")).isEqualTo("450 Can't APPE while REST request is pending.");
    assertThat(client.say("STOU")).isEqualTo("450 Can't STOU while REST request is pending.");
  }

  @Test
  @Spec({"FT-2", "FT-22"})
  void stouNamesItsFile() throws IOException {
    String opening;
    try (Socket data = client.passive()) {
      opening = client.say("STOU");
      assertThat(opening).matches("1[25][05] FILE: ftpd\\.\\w+");
      data.getOutputStream().write(content);
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(root.resolve(opening.substring("150 FILE: ".length()))).hasBinaryContent(content);
    assertThat(client.upload("STOU a.txt", new byte[1])).startsWith("226 ");
    assertThat(files()).hasSize(2).anyMatch(name -> name.startsWith("a.txt."));
  }

  @Test
  @Spec({"FT-29", "FT-10"})
  void theDataConnectionMayComeAfterTheCommand() throws IOException {
    assertThat(client.say("STOR late")).startsWith("150 ");
    try (Socket data = client.passive()) {
      data.getOutputStream().write(content);
    }
    assertThat(client.reply()).startsWith("226 ");
    assertThat(root.resolve("late")).hasBinaryContent(content);
  }

  @Test
  @Spec({"FT-22", "FT-45"})
  void aResetUploadLeavesNothing() throws IOException {
    ftp.file("old", new byte[] {7});
    for (String upload : new String[] {"STOR new", "APPE new", "STOR old"}) {
      try (Socket data = client.passive()) {
        assertThat(client.say(upload)).startsWith("1");
        data.getOutputStream().write(content);
        data.setSoLinger(true, 0);
      }
      assertThat(client.reply()).startsWith("426 Transfer aborted; ");
    }
    assertThat(files()).containsExactly("old");
    assertThat(root.resolve("old")).hasBinaryContent(new byte[] {7});
    assertThat(ftp.broken()).hasSize(3);
  }

  @Test
  @Spec("FT-22")
  void lessThanAlloSaidIsBroken() throws IOException {
    assertThat(client.say("ALLO 100")).startsWith("202 ");
    assertThat(client.upload("STOR a", new byte[99])).startsWith("451 Less came than ALLO");
    assertThat(files()).isEmpty();
    assertThat(client.upload("STOR a", new byte[99])).as("counts once").startsWith("226 ");
    client.say("ALLO 100");
    assertThat(client.upload("STOR a", new byte[100])).startsWith("226 ");
    assertThat(root.resolve("a")).hasSize(100);
  }

  @Test
  @Spec("FT-22")
  void anUploadWhoseClientVanishesIsBroken() throws IOException {
    try (Dialogue vanishing = ftp.binary()) {
      try (Socket data = vanishing.passive()) {
        assertThat(vanishing.say("STOR a")).startsWith("1");
        data.getOutputStream().write(content);
        vanishing.socket().close();
        Eventually.holds(PATIENCE, () -> !ftp.broken().isEmpty(), () -> "no event");
      }
    }
    assertThat(files()).isEmpty();
  }

  @Test
  @Spec("FT-22")
  void partsAreKeptByOption() throws IOException {
    try (FtpFixture keeping = FtpFixture.over(root, FtpServer.Builder::keepPartialUploads);
        Dialogue resuming = keeping.binary()) {
      try (Socket data = resuming.passive()) {
        assertThat(resuming.say("STOR a")).startsWith("1");
        data.getOutputStream().write(content, 0, 1_000_000);
        awaitBytes(resuming, 1_000_000);
        data.setSoLinger(true, 0);
      }
      assertThat(resuming.reply()).startsWith("426 ");
      assertThat(resuming.say("SIZE a")).isEqualTo("213 1000000");
      assertThat(resuming.upload("APPE a", Arrays.copyOfRange(content, 1_000_000, content.length)))
          .startsWith("226 ");
      assertThat(root.resolve("a")).hasBinaryContent(content);
    }
  }

  private static void awaitBytes(Dialogue dialogue, long bytes) {
    Eventually.holds(
        PATIENCE,
        () -> {
          try {
            return dialogue.say("STAT").contains("Total bytes transferred: " + bytes);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        () -> "not all has arrived");
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
  @Spec("FT-23")
  void aborWithoutATransfer() throws IOException {
    assertThat(client.say("ABOR")).isEqualTo("225 No transfer to abort.");
    client.passivePort();
    assertThat(client.say("ABOR")).isEqualTo("225 ABOR command successful; data channel closed.");
    assertThat(client.say("ABOR")).isEqualTo("225 No transfer to abort.");
    ftp.file("a", new byte[1]);
    assertThat(client.download("RETR a")).hasSize(1);
    assertThat(client.say("ABOR")).isEqualTo("225 No transfer to abort.");
  }

  @Test
  @Spec("FT-23")
  void aborWhileSending() throws IOException {
    sparse("big", 1L << 30);
    try (Socket data = client.passive()) {
      assertThat(client.say("RETR big")).startsWith("1");
      assertThat(data.getInputStream().readNBytes(100_000)).hasSize(100_000);
      assertThat(client.say("STAT")).contains("Data connection open:");
      assertThat(client.say("NOOP")).startsWith("200 ");
      assertThat(client.say("ABOR")).startsWith("426 Transfer aborted; ");
      assertThat(client.reply()).isEqualTo("226 ABOR command successful.");
    }
    assertThat(ftp.broken()).hasSize(1);
    assertThat(client.say("NOOP")).startsWith("200 ");
  }

  @Test
  @Spec("FT-23")
  void aborWhileReceivingAndWhileWaiting() throws IOException {
    try (Socket data = client.passive()) {
      assertThat(client.say("STOR a")).startsWith("1");
      data.getOutputStream().write(content);
      assertThat(client.say("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
    }
    assertThat(client.say("STOR a")).startsWith("150 ");
    assertThat(client.say("ABOR")).startsWith("426 ");
    assertThat(client.reply()).startsWith("226 ");
    assertThat(files()).isEmpty();
  }

  @Test
  @Spec("FT-23")
  void aborClosesThePortOfATransferThatWaits() throws IOException {
    int port = client.passivePort();
    assertThat(client.say("STOR a")).startsWith("150 ");
    assertThat(client.say("ABOR")).startsWith("426 ");
    assertThat(client.reply()).startsWith("226 ");
    assertThatThrownBy(() -> new Socket(client.socket().getInetAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  @Spec("FT-23")
  void aborBehindTelnetSynch() throws IOException {
    sparse("big", 1L << 30);
    client.socket().sendUrgentData(0xf4);
    client.socket().sendUrgentData(0xff);
    assertThat(client.say("abor")).startsWith("225 ");
    try (Socket data = client.passive()) {
      assertThat(client.say("RETR big")).startsWith("1");
      assertThat(data.getInputStream().readNBytes(1000)).hasSize(1000);
      client.send(new byte[] {(byte) 0xff, (byte) 0xf4, (byte) 0xff});
      client.socket().sendUrgentData(0xf2);
      assertThat(client.say("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
    }
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
            FtpFixture.over(root, options -> options.idleTimeout(Duration.ofMillis(300)));
        Dialogue busy = hasty.binary()) {
      try (Socket data = busy.passive()) {
        assertThat(busy.say("STOR a")).startsWith("1");
        long end = System.nanoTime() + Duration.ofMillis(1200).toNanos();
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
