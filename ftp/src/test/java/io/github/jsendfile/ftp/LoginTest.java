package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.log.AccessLog;
import io.github.jsendfile.server.log.LogFormat;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class LoginTest {
  private static final String LOG_IN_FIRST = "530 Log in with USER and PASS first.";

  @TempDir Path root;
  private FtpFixture ftp;

  @BeforeEach
  void start() throws IOException {
    ftp = FtpFixture.over(root);
  }

  @AfterEach
  void stop() throws IOException {
    ftp.close();
  }

  @Test
  @Spec({"FT-10", "FT-45"})
  void logsInAndOut() throws IOException {
    try (Dialogue client = Dialogue.greeted(ftp.server())) {
      assertThat(client.say("USER user")).isEqualTo("331 Username ok, send password.");
      assertThat(client.say("PASS 12345")).isEqualTo("230 Login successful.");
      assertThat(client.say("PASS 12345")).isEqualTo("503 User already authenticated.");
      assertThat(client.say("QUIT")).isEqualTo("221 Goodbye.");
      assertThat(client.isAtEnd()).isTrue();
    }
    Eventually.holds(
        Duration.ofSeconds(5),
        () -> ftp.sessions().contains("disconnected"),
        () -> "told: " + ftp.sessions());
    assertThat(ftp.sessions()).containsExactly("connected", "in user", "out user", "disconnected");
  }

  @Test
  @Spec("FT-40")
  void anonymousReadsOnly() throws IOException {
    ftp.file("a", new byte[] {1});
    try (Dialogue client = ftp.anonymous()) {
      assertThat(client.download("RETR a")).containsExactly(1);
      for (String line :
          "STOR b,APPE a,DELE a,MKD d,RMD d,RNFR a,STOU,SITE CHMOD 600 a,MFMT 20260101000000 a"
              .split(",", -1)) {
        assertThat(client.say(line)).isEqualTo("550 Not enough privileges.");
      }
    }
    assertThat(root.resolve("a")).exists();
    assertThat(root).isDirectoryContaining("glob:**/a").isDirectoryNotContaining("glob:**/b");
  }

  @Test
  @Spec("FT-41")
  void oneReplyForAWrongNameAndAWrongPassword() throws IOException {
    try (Dialogue client = Dialogue.greeted(ftp.server())) {
      client.say("USER nobody");
      String wrongName = client.say("PASS 12345");
      assertThat(client.say("PASS 12345")).isEqualTo("503 Login with USER first.");
      client.say("USER user");
      assertThat(client.say("PASS 1234")).isEqualTo(wrongName).startsWith("530 ");
      client.say("USER user");
      assertThat(client.say("PASS 123456")).isEqualTo("530 Authentication failed. Disconnecting.");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  @Spec("FT-41")
  void eachFailureWaitsLonger() throws IOException {
    Duration delay = Duration.ofMillis(150);
    try (FtpFixture slow = FtpFixture.over(root, options -> options.loginDelay(delay));
        Dialogue client = Dialogue.greeted(slow.server())) {
      for (int failures = 1; failures <= 2; failures++) {
        client.say("USER user");
        long begin = System.nanoTime();
        assertThat(client.say("PASS wrong")).startsWith("530 ");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .isGreaterThanOrEqualTo(delay.multipliedBy(failures));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABOR",
        "ALLO 1",
        "APPE a",
        "CDUP",
        "CWD a",
        "DELE a",
        "EPRT |1|1.1.1.1|2000|",
        "EPSV",
        "HASH a",
        "LIST",
        "MDTM a",
        "MFMT 20260101000000 a",
        "MKD a",
        "MLSD",
        "MLST",
        "MODE S",
        "NLST",
        "PASV",
        "PORT 1,1,1,1,8,8",
        "PWD",
        "REIN",
        "REST 1",
        "RETR a",
        "RMD a",
        "RNFR a",
        "RNTO a",
        "SITE CHMOD 600 a",
        "SIZE a",
        "STAT a",
        "STOR a",
        "STOU",
        "STRU F",
        "TYPE I",
        "XCUP",
        "XCWD a",
        "XMKD a",
        "XPWD",
        "XRMD a",
        "OPTS x"
      })
  @Spec({"FT-8", "FT-9"})
  void needsALogin(String line) throws IOException {
    try (Dialogue client = Dialogue.greeted(ftp.server())) {
      assertThat(client.say(line)).isEqualTo(LOG_IN_FIRST);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FEAT",
        "HELP",
        "SYST",
        "NOOP",
        "OPTS UTF8 ON",
        "OPTS MLST type;",
        "LANG",
        "HOST example.org",
        "QUIT",
        "STAT",
        "SITE HELP",
        "CLNT test"
      })
  @Spec("FT-9")
  void needsNone(String line) throws IOException {
    try (Dialogue client = Dialogue.greeted(ftp.server())) {
      assertThat(client.say(line)).startsWith("2");
    }
  }

  @Test
  @Spec("FT-1")
  void reinForgetsAll() throws IOException {
    try (Dialogue client = ftp.binary()) {
      client.say("CWD /");
      assertThat(client.say("REIN")).startsWith("230 ");
      assertThat(client.say("PWD")).isEqualTo(LOG_IN_FIRST);
      assertThat(client.say("STAT")).contains("Waiting for username.").contains("TYPE: ASCII");
      client.say("USER user");
      assertThat(client.say("STAT")).contains("Waiting for password.");
      assertThat(client.say("PASS 12345")).startsWith("230 ");
    }
  }

  @Test
  @Spec("FT-10")
  void aNewUserBeginsAnew() throws IOException {
    try (Dialogue client = ftp.user()) {
      assertThat(client.say("USER user"))
          .isEqualTo("331 Previous account information was flushed, send password.");
      assertThat(client.say("PWD")).isEqualTo(LOG_IN_FIRST);
      assertThat(client.say("PASS 12345")).startsWith("230 ");
      assertThat(client.say("PWD")).startsWith("257 ");
    }
  }

  @Test
  @Spec({"FT-44", "FT-2"})
  void idleSessionsEnd() throws IOException {
    // two servers: on a busy machine a login takes longer than a stranger is given here
    try (FtpFixture hasty =
            FtpFixture.over(root, options -> options.loginTimeout(Duration.ofMillis(200)));
        FtpFixture impatient =
            FtpFixture.over(root, options -> options.idleTimeout(Duration.ofSeconds(1)));
        Dialogue stranger = Dialogue.greeted(hasty.server());
        Dialogue client = impatient.user()) {
      assertThat(stranger.reply()).startsWith("421 ");
      assertThat(client.reply()).isEqualTo("421 Control connection timed out.");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  @Spec("FT-42")
  void tooManyAreTold421() throws IOException {
    try (FtpFixture small = FtpFixture.over(root, options -> options.maxConnections(1));
        Dialogue first = Dialogue.greeted(small.server());
        Dialogue second = Dialogue.connect(small.server())) {
      assertThat(second.reply()).startsWith("421 Too many connections.");
      assertThat(first.say("NOOP")).startsWith("200 ");
    }
    try (FtpFixture small = FtpFixture.over(root, options -> options.maxConnectionsPerAddress(1));
        Dialogue first = Dialogue.greeted(small.server());
        Dialogue second = Dialogue.connect(small.server())) {
      assertThat(second.reply()).startsWith("421 Too many connections from the same IP");
      assertThat(first.say("NOOP")).startsWith("200 ");
    }
  }

  @Test
  @Spec("FT-42")
  void tooManyOfOneUserAreTold421() throws IOException {
    try (FtpFixture small = FtpFixture.over(root, options -> options.maxSessionsPerUser(1));
        Dialogue second = Dialogue.greeted(small.server())) {
      Dialogue first = small.user();
      second.say("USER user");
      assertThat(second.say("PASS 12345")).isEqualTo("421 Too many sessions of this user.");
      assertThat(second.isAtEnd()).isTrue();
      small.anonymous().close();
      first.say("QUIT");
      assertThat(first.isAtEnd()).isTrue();
      first.close();
      Eventually.holds(
          Duration.ofSeconds(10), () -> small.server().active() == 0, () -> "sessions stay");
      small.user().close();
    }
  }

  @Test
  @Spec("FT-44")
  void logsEachCommandAndNoPassword() throws IOException {
    ftp.file("a b", new byte[5000]);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    try (AccessLog log = AccessLog.to(lines, LogFormat.JSON)) {
      try (FtpFixture logged = FtpFixture.over(root, options -> options.accessLog(log));
          Dialogue client = logged.binary()) {
        client.download("RETR a b");
        client.upload("STOR c", new byte[70]);
        client.say("MKD d");
        client.say("RETR nope");
        client.say("USER x");
        client.say("xxPASS geheim");
        client.say("PASS geheim");
      }
    }
    String text = lines.toString(StandardCharsets.UTF_8);
    String withoutTimes = text.replaceAll("\"(time|seconds)\":[^,}]*", ""); // one may have 12345
    assertThat(withoutTimes).doesNotContain("12345").doesNotContain("geheim");
    assertThat(text.lines())
        .anyMatch(line -> has(line, "RETR", "/a b", "226", "5000", "user"))
        .anyMatch(line -> has(line, "STOR", "/c", "226", "70", "user"))
        .anyMatch(line -> has(line, "MKD", "257", "127.0.0.1"))
        .anyMatch(line -> has(line, "RETR", "nope", "550"))
        .anyMatch(line -> has(line, "PASS", "230"))
        .anyMatch(line -> has(line, "PASS", "530"));
  }

  private static boolean has(String line, String... words) {
    return Stream.of(words).allMatch(line::contains);
  }

  @Test
  @Spec("FT-44")
  void theBannerIsAnOption() throws IOException {
    try (FtpFixture named = FtpFixture.over(root, options -> options.banner("Archive of Mars"));
        Dialogue client = Dialogue.connect(named.server())) {
      assertThat(client.reply()).isEqualTo("220 Archive of Mars");
    }
  }

  @Test
  @Spec("FT-44")
  void aDrainEndsWhoWaits() throws IOException {
    try (FtpFixture ending = FtpFixture.over(root);
        Dialogue client = ending.user()) {
      assertThat(ending.server().drain(Duration.ofSeconds(10))).isTrue();
      assertThat(client.reply()).startsWith("421 ");
      assertThatThrownBy(client::reply).isInstanceOf(EOFException.class);
    }
  }
}
