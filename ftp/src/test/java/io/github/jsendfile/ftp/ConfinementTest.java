package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing outside the home is read, written, named or told of, by any verb.
@ExtendWith(LeakCheck.class)
class ConfinementTest {
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");

  @TempDir Path directory;
  private Path outside;
  private FtpFixture ftp;
  private Dialogue client;

  @BeforeEach
  void start() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.setLastModifiedTime(outside.resolve("secret"), FileTime.from(THEN));
    Files.createSymbolicLink(home.resolve("link"), outside);
    Files.createSymbolicLink(home.resolve("leaf"), outside.resolve("secret"));
    Files.createSymbolicLink(home.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(home.resolve("loop"), Path.of("loop"));
    Files.writeString(home.resolve("mine"), "mine");
    ftp = FtpFixture.over(home);
    client = ftp.binary();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    ftp.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RETR link/secret",
        "RETR leaf",
        "RETR ../outside/secret",
        "RETR up/outside/secret",
        "RETR /../outside/secret",
        "RETR loop",
        "CWD link",
        "CWD up",
        "CWD ../outside",
        "LIST link",
        "NLST up/outside",
        "MLSD link",
        "MLST link/secret",
        "SIZE leaf",
        "MDTM leaf",
        "STOR link/new",
        "APPE leaf",
        "APPE link/secret",
        "STOU link/x",
        "DELE link/secret",
        "MKD link/d",
        "RMD link/d",
        "RMD up/outside",
        "RNFR link/secret",
        "MFMT 20260101000000 leaf",
        "MFMT 20260101000000 ../outside/secret",
        "MFF Modify=20260101000000; link/secret",
        "SITE CHMOD 777 leaf",
        "SITE CHMOD 777 link/secret",
        "HASH leaf",
        "XMD5 link/secret",
        "STAT link",
        "STAT up/outside"
      })
  @Spec("FT-43")
  void refuses(String line) throws IOException {
    String reply = client.say(line);
    String code = line.startsWith("STOU ") ? "450 " : "5";
    assertThat(reply).startsWith(code).doesNotContain(directory.toString());
    unharmed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside/x", "link/x", "up/outside/x", "up/x", "loop/x"})
  @Spec("FT-43")
  void renamesNothingOutOfTheHome(String target) throws IOException {
    assertThat(client.say("RNFR mine")).startsWith("350 ");
    assertThat(client.say("RNTO " + target)).startsWith("5");
    unharmed();
    assertThat(ftp.path("mine")).hasContent("mine");
  }

  @Test
  @Spec("FT-43")
  void dotsLeadNoFurtherThanTheHome() throws IOException {
    assertThat(client.say("CWD ../../..")).isEqualTo("250 \"/\" is the current directory.");
    assertThat(client.list("NLST ../..")).contains("mine\r\n");
    assertThat(client.upload("STOR ../../new", new byte[] {1})).startsWith("226 ");
    assertThat(ftp.path("new")).exists();
    unharmed();
  }

  @Test
  @Spec({"FT-43", "FT-44"})
  void repliesTellNoPathOfTheMachine() throws IOException {
    for (String line :
        "STOR nope/x,RETR nope/x,MKD nope/x,RNFR nope,CWD nope,DELE nope,RMD nope,CWD \0,RETR a\0b"
            .split(",", -1)) {
      assertThat(client.say(line)).startsWith("550 ").doesNotContain("home").doesNotContain("tmp");
    }
  }

  private void unharmed() throws IOException {
    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(Files.getLastModifiedTime(outside.resolve("secret")).toInstant()).isEqualTo(THEN);
    assertThat(outside).isDirectoryNotContaining(file -> !file.endsWith("secret"));
    assertThat(directory).isDirectoryNotContaining("glob:**/x");
  }
}
