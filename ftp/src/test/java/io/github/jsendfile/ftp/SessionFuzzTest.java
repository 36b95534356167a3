package io.github.jsendfile.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.SilentCloseable;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Whatever a user with all rights says in a session, from the first octet to the last: replies
/// that are replies, an end, and nothing done outside the home. The build runs the corpus;
/// `JAZZER_FUZZ=1` looks for more.
class SessionFuzzTest {
  private static final int PATIENCE_MILLIS = 20_000;

  private static final String CONTENT = "not for clients";

  private Path top = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void makeHome() throws IOException {
    top = Files.createTempDirectory("session-fuzz");
    home = Files.createDirectories(top.resolve("home"));
    Files.createDirectories(home.resolve("dir/sub"));
    Files.writeString(home.resolve("file"), "hello\n");
    Files.writeString(top.resolve("secret"), CONTENT);
    Files.createSymbolicLink(home.resolve("outside"), top);
  }

  @AfterEach
  void removeHome() throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @FuzzTest(maxDuration = "2m")
  @Spec({"FT-46", "FT-43"})
  void aSessionEndsAndStaysAtHome(byte[] octets) throws IOException {
    try (SilentCloseable _ = BugDetectors.allowNetworkConnections((host, _) -> isHere(host));
        FtpFixture ftp = FtpFixture.over(home);
        Dialogue client = ftp.user()) {
      List<String> lines = answers(client.socket(), octets).lines().toList();
      assertThat(lines).allMatch(line -> line.matches("(?s)([1-5]\\d\\d[ -]| ).*|[ -~].*"));
      assertThat(lines).noneMatch(line -> line.contains(CONTENT) || line.contains(top.toString()));
    }
    assertThat(top.resolve("secret")).hasContent(CONTENT);
    try (Stream<Path> beside = Files.list(top)) {
      assertThat(beside).containsExactlyInAnyOrder(home, top.resolve("secret"));
    }
  }

  /// Whether the fuzzer is to let a connection be made: the test's own, and an active one to it.
  private static boolean isHere(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1");
  }

  /// All the server says until it closes, which it does when the client has said all.
  private static String answers(Socket client, byte[] octets) throws IOException {
    client.setSoTimeout(PATIENCE_MILLIS);
    try {
      client.getOutputStream().write(octets);
      client.shutdownOutput();
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) { // it has closed before it was told all
      return "";
    }
  }
}
