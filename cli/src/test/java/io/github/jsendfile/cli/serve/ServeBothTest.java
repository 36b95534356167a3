package io.github.jsendfile.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.cli.Invocation;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.transfer.SendCommandTest;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP and FTP at once: one set of users, limits, log and metrics.
@Timeout(60)
class ServeBothTest {
  @TempDir private Path directory;

  private static HttpURLConnection as(String user, URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    String both = Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
    connection.setRequestProperty("Authorization", "Basic " + both);
    return connection;
  }

  private static String text(URLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  private static String get(String address) throws IOException {
    return text(URI.create(address).toURL().openConnection());
  }

  @Test
  void sharesUsersLogAndMetrics() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.writeString(root.resolve("a.txt"), "content");
    Path users = Files.writeString(directory.resolve("users"), "user:{PLAIN}12345:elradfmwMT:/\n");
    try (ServerProcess server =
        ServerProcess.start(
            Map.of("JSENDFILE_LOGIN_DELAY", "0"),
            root.toString(),
            "--http=0",
            "--ftp=0",
            "--metrics=0",
            "--users=" + users)) {
      URI http = server.address();
      URI ftp = server.address();
      String metrics = server.line("metrics at ");
      assertThat(ftp.getScheme()).isEqualTo("ftp");
      assertThat(as("user:wrong", http.resolve("/a.txt")).getResponseCode()).isEqualTo(401);
      assertThat(text(as("user:12345", http.resolve("/a.txt")))).isEqualTo("content");
      assertThat(get("ftp://user:12345@127.0.0.1:" + ftp.getPort() + "/a.txt"))
          .isEqualTo("content");
      assertThat(get(metrics))
          .contains("logins_total{protocol=\"HTTP\",result=\"failed\"} 1.0")
          .contains("logins_total{protocol=\"FTP\",result=\"ok\"} 1.0")
          .contains("mechanism=\"copy\",protocol=\"FTP\"} 7.0");
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(server.out())
          .contains(" - user [", "\"GET /a.txt HTTP/1.1\" 200", "\"RETR /a.txt");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--limit-upload-rate=400kB", "--limit-upload-rate-each=400kB"})
  @Spec("FT-42")
  void takesUploadsNoFasterThanTold(String limit) throws Exception {
    byte[] content = new byte[400_000];
    try (ServerProcess server =
        ServerProcess.start(Map.of(), directory.toString(), "--ftp=0", "--upload", limit)) {
      URI file = server.address().resolve("/a.bin");
      long start = System.nanoTime();
      try (OutputStream upload = file.toURL().openConnection().getOutputStream()) {
        upload.write(content);
      }
      Awaitility.await().until(() -> isThere("a.bin", content.length));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
    }
  }

  private boolean isThere(String name, long length) {
    return directory.resolve(name).toFile().length() == length;
  }

  @Test
  @Spec("FT-42")
  void sendsToAUserNoFasterThanTold() throws Exception {
    Files.write(directory.resolve("a.bin"), new byte[400_000]);
    try (ServerProcess server =
        ServerProcess.start(
            Map.of(), directory.toString(), "--http=0", "--ftp=0", "--limit-rate-user=400kB")) {
      URI http = server.address();
      URI ftp = server.address();
      long start = System.nanoTime();
      get(http.resolve("/a.bin").toString());
      get(ftp.resolve("/a.bin").toString());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--passive-ports=5-",
        "--passive-ports=9-1",
        "--passive-ports=1-99999",
        "--masquerade=here",
        "--masquerade=::1",
        "--metrics=x",
        "--metrics=/metrics",
        "--health=/health",
        "--ban-after=-1",
        "--login-delay=soon",
        "--max-connections=0",
        "--login-timeout=soon",
        "--max-connections-per-address=0"
      })
  void saysWhatIsWrong(String option) {
    Invocation wrong = Invocation.run("serve", directory.toString(), "--ftp=0", option);
    assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(ExitCode.USAGE.value);
    assertThat(wrong.err()).startsWith("jsendfile: ").hasLineCount(1);
    assertThat(wrong.err()).contains(option.substring(0, option.indexOf('=')));
  }

  @Test
  void saysWhatIsWrongWithTheUsers() throws IOException {
    Path users = Files.writeString(directory.resolve("users"), "a:b\n");
    SendCommandTest.assertFailure(
        Invocation.run("serve", directory.toString(), "--http=0", "--users=" + users),
        ExitCode.LOCAL_FILE,
        "users, line 1: the password of a is no bcrypt hash");
    SendCommandTest.assertFailure(
        Invocation.run("serve", directory.toString(), "--http=0", "--users=" + users + "x"),
        ExitCode.LOCAL_FILE,
        "no such file");
  }
}
