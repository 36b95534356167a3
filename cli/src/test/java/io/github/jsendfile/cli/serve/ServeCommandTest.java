package io.github.jsendfile.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.cli.Invocation;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.transfer.SendCommandTest;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServeCommandTest {
  private static final int LARGE_BYTES = 600_000;

  @TempDir private Path directory;

  private static HttpURLConnection open(URI server, String path) throws IOException {
    return (HttpURLConnection) server.resolve(path).toURL().openConnection();
  }

  private static String get(URI server, String path) throws IOException {
    try (InputStream body = open(server, path).getInputStream()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  @Test
  @Spec("HT-46")
  void servesAsTold() throws Exception {
    Files.writeString(directory.resolve("file.txt"), "content");
    Files.writeString(directory.resolve(".hidden"), "shown");
    Path config =
        Files.writeString(
            directory.resolve("serve.conf"), "hidden = true\ncache-control = no-store\n");
    try (ServerProcess server =
        ServerProcess.start(
            Map.of("JSENDFILE_CACHE_CONTROL", "max-age=60", "JSENDFILE_HEALTH", "/health"),
            directory.toString(),
            "--http=0",
            "--config=" + config,
            "--log-format=json")) {
      URI address = server.address();
      assertThat(server.announced()).contains("read-only", "hidden files too", "127.0.0.1");
      assertThat(get(address, "/file.txt")).isEqualTo("content");
      assertThat(open(address, "/file.txt").getHeaderField("Cache-Control"))
          .isEqualTo("max-age=60");
      assertThat(get(address, "/.hidden")).isEqualTo("shown");
      assertThat(get(address, "/health")).isEqualTo("ok\n");
      assertThat(get(address, "/")).contains("file.txt");
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(server.out()).contains("\"/file.txt\"").hasLineCount(5);
    }
  }

  @Test
  void killedInTheMiddleOfAnUploadItShowsNothingOfIt() throws Exception {
    String[] arguments = {directory.toString(), "--http=0", "--upload", "--access-log=off"};
    try (Socket socket = new Socket();
        ServerProcess server = ServerProcess.start(Map.of(), arguments)) { // ends first
      int port = server.address().getPort();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String head = "PUT /new HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";
      socket.getOutputStream().write((head + "x".repeat(200_000)).getBytes(UTF_8));
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::hasSome);
    }
    assertThat(directory.resolve("new")).doesNotExist();
    try (ServerProcess server = ServerProcess.start(Map.of(), arguments)) {
      assertThat(get(server.address(), "/?text")).isEmpty();
    }
  }

  private boolean hasSome() {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.anyMatch(entry -> entry.toFile().length() > 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Spec("HT-46")
  void letsTransfersFinishWhenItIsTerminated() throws Exception {
    Files.write(directory.resolve("large"), new byte[LARGE_BYTES]);
    try (ServerProcess server =
        ServerProcess.start(
            Map.of(), directory.toString(), "--http=0", "--limit-rate-each=400kB")) {
      try (InputStream body = open(server.address(), "/large").getInputStream()) {
        assertThat(body.read()).isZero();
        server.terminate();
        assertThat(body.readAllBytes()).hasSize(LARGE_BYTES - 1);
      }
      assertThat(server.exitCode()).isEqualTo(143);
    }
  }

  @Test
  @Spec({"HT-46", "HT-60"})
  void cutsOffWhatTakesLongerThanTheDrainAndLetsNobodyIn() throws Exception {
    Files.write(directory.resolve("large"), new byte[LARGE_BYTES]);
    try (ServerProcess server =
        ServerProcess.start(
            Map.of(),
            directory.toString(),
            "--http=0",
            "--limit-rate-each=10kB",
            "--drain-timeout=1s")) {
      URI address = server.address();
      try (InputStream body = open(address, "/large").getInputStream()) {
        assertThat(body.read()).isZero();
        server.terminate();
        server.line("jsendfile: stopping; 1 connection may finish");
        Awaitility.await().until(() -> isRefused(address));
        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      }
      assertThat(server.exitCode()).isEqualTo(143);
    }
  }

  private static boolean isRefused(URI address) throws IOException {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  @Test
  @Spec("HT-46")
  void takesAnotherPortWhenTheUsualOneIsTaken() throws Exception {
    try (ServerSocket _ = usualPortTaken();
        ServerProcess server = ServerProcess.start(Map.of(), directory.toString())) {
      URI address = server.address();
      assertThat(address.getPort()).isNotEqualTo(8080);
      assertThat(server.announced()).contains("port 8080 is taken; using " + address.getPort());
    }
  }

  private static ServerSocket usualPortTaken() throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
    } catch (IOException e) {
      // somebody else has taken it, which is as good
    }
    return socket;
  }

  @Test
  void saysWhatItCannotServe() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    SendCommandTest.assertFailure(
        Invocation.run("serve", file.toString()), ExitCode.LOCAL_FILE, "is not a directory");
    SendCommandTest.assertFailure(
        Invocation.run("serve", directory.resolve("none").toString()),
        ExitCode.LOCAL_FILE,
        "no such file or directory");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SendCommandTest.assertFailure(
          Invocation.run("serve", directory.toString(), "--http=" + taken.getLocalPort()),
          ExitCode.CONNECTION,
          "it is in use");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--http=x",
        "--http=unix:/x",
        "--header=nonsense",
        "--header=Date: now",
        "--health=x",
        "--ban-after=x",
        "--cache-control=\u00e9",
        "--follow-links=sometimes",
        "--nonsense",
        "--server-header=ü",
        "--index=../a"
      })
  void saysWhatIsWrong(String option) {
    Invocation wrong = Invocation.run("serve", directory.toString(), "--http=0", option);
    assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(ExitCode.USAGE.value);
    assertThat(wrong.err()).startsWith("jsendfile: ").hasLineCount(1);
  }

  @Test
  void knowsTheNamesInItsFile() throws IOException {
    Path config = Files.writeString(directory.resolve("serve.conf"), "hiden = true\n");
    SendCommandTest.assertFailure(
        Invocation.run("serve", directory.toString(), "--config", config.toString()),
        ExitCode.USAGE,
        "there is no option hiden");
    SendCommandTest.assertFailure(
        Invocation.run("serve", "--config", directory.toString()),
        ExitCode.LOCAL_FILE,
        "is a directory");
    Path wrong = Files.writeString(directory.resolve("wrong.conf"), "max-connections = few\n");
    SendCommandTest.assertFailure(
        Invocation.run("serve", directory.toString(), "--config", wrong.toString()),
        ExitCode.USAGE,
        "wrong.conf: Invalid value for option '--max-connections'");
    SendCommandTest.assertFailure(
        Invocation.run("serve", "--config", directory.resolve("none").toString()),
        ExitCode.LOCAL_FILE,
        "no such file");
  }
}
