package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What STOR, APPE and STOU make of what comes.
class UploadTest extends TransferSetUp {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    for (String upload : new String[] {"STOR new", "STOR old", "APPE new"}) {
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
  void anUploadWhoseClientIsKilledIsBroken() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (Dialogue killed = ftp.binary();
          Socket data = killed.passive()) {
        assertThat(killed.say("STOR a" + i)).startsWith("1");
        data.getOutputStream().write(content);
        awaitBytes(killed, content.length);
        killed.socket().close(); // and at once the data connection, in order
      }
    }
    Eventually.holds(
        PATIENCE, () -> ftp.broken().size() + ftp.received().size() == 20, () -> "no event");
    int blind = Mechanism.NATIVE.availability().available() ? 0 : 5; // too slow a few times
    assertThat(files().size()).isLessThanOrEqualTo(blind);
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

  private java.util.List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
