package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Rights;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Who may upload what, on a server that knows users: each may do what its name says.
@ExtendWith(LeakCheck.class)
@Timeout(30)
@Spec({"HT-41", "HT-43"})
class UploadRightsTest {
  private static final String READER = "elr";
  private static final String WRITER = "elrw";
  private static final String OWNER = "elrwdm";
  private static final String AT_HOME = "elrwdma";

  @TempDir private Path directory;
  private FileTree files;
  private FileTree home;
  private HttpFileServer server;
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("old"), "old");
    Files.createDirectory(directory.resolve("home"));
    files = FileTree.of(directory);
    home = FileTree.of(directory.resolve("home"));
    server =
        HttpFileServer.builder(files)
            .uploads(UploadOptions.builder().quotaBytesOfUser(10).build())
            .users(this::login)
            .loginDelay(Duration.ZERO)
            .start();
    wire = new Wire(server.port());
  }

  private Optional<Account> login(String user, String password, InetAddress client) {
    return user.equals(Account.ANONYMOUS)
        ? Optional.of(new Account(user, files, Rights.READ_ONLY))
        : Optional.of(new Account(user, user.equals(AT_HOME) ? home : files, new Rights(user)));
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    server.close();
    home.close();
    files.close();
  }

  private static String as(String user) {
    byte[] credentials = (user + ":x").getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  private int put(String target, String content, String... lines) throws IOException {
    String fields = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    wire.say("PUT " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields);
    wire.say("Content-Length: " + content.length() + "\r\n\r\n" + content);
    return wire.hear(false).status();
  }

  @Test
  void eachDoesWhatTheyMay() throws IOException {
    assertThat(put("/new", "1")).isEqualTo(401);
    assertThat(put("/new", "1", as(READER))).isEqualTo(403);
    assertThat(put("/new", "1", as(WRITER))).isEqualTo(201);
    assertThat(wire.ask("MKCOL", "/made", as(WRITER)).status()).isEqualTo(403);
    assertThat(wire.ask("DELETE", "/new", as(WRITER)).status()).isEqualTo(403);
    assertThat(wire.ask("MKCOL", "/made", as(OWNER)).status()).isEqualTo(201);
    assertThat(wire.ask("DELETE", "/new", as(OWNER)).status()).isEqualTo(204);
    assertThat(directory.resolve("new")).doesNotExist();
  }

  @Test
  void thePageOffersWhatTheyMay() throws IOException {
    String html = "Accept: text/html";
    assertThat(wire.ask("GET", "/", html).text()).doesNotContain("id=\"send\"", "?delete=");
    assertThat(wire.ask("GET", "/", html, as(WRITER)).text())
        .contains("id=\"send\"")
        .doesNotContain("?delete=", "id=\"make\"");
    assertThat(wire.ask("GET", "/", html, as(OWNER)).text())
        .contains("id=\"send\"", "?delete=old", "id=\"make\"");
  }

  @Test
  void aHomeHasItsOwnFilesAndQuota() throws IOException {
    assertThat(put("/a", "12345678", as(AT_HOME))).isEqualTo(201);
    assertThat(directory.resolve("home/a")).hasContent("12345678");
    assertThat(put("/b", "12345678", as(AT_HOME))).isEqualTo(507);
    assertThat(directory.resolve("home/b")).doesNotExist();
  }

  @Test
  void whatBrokeOffIsItsUsersOnly() throws IOException {
    try (Wire broken = new Wire(server.port())) {
      broken.say("PUT /new HTTP/1.1\r\nHost: localhost\r\n" + as(WRITER));
      broken.say("\r\nContent-Length: 5\r\n\r\n12");
    }
    Eventually.holds(Duration.ofSeconds(5), () -> offset(WRITER).equals("2"), () -> "not kept");
    assertThat(offset(OWNER)).isEmpty();
    assertThat(wire.ask("HEAD", "/new?upload", as(READER)).status()).isEqualTo(403);
    assertThat(put("/new", "345", as(OWNER), "Content-Range: bytes 2-4/5")).isEqualTo(409);
    assertThat(put("/new", "345", as(WRITER), "Content-Range: bytes 2-4/5")).isEqualTo(201);
  }

  private String offset(String user) {
    try {
      return wire.ask("HEAD", "/new?upload", as(user)).field("Upload-Offset");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
