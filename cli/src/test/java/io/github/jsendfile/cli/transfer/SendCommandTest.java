package io.github.jsendfile.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.cli.Invocation;
import io.github.jsendfile.cli.console.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class SendCommandTest {
  @TempDir Path directory;
  private final byte[] content = new byte[3_000_007];
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    new Random(7).nextBytes(content);
    file = Files.write(directory.resolve("some file.bin"), content);
  }

  @Test
  void sendsAWholeFileAndSaysWhatItDid() throws IOException {
    try (Peer peer = Peer.thatTakesAll()) {
      Invocation send = Invocation.run("send", file.toString(), peer.address());
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(peer.taken()).isEqualTo(content);
      assertThat(send.out())
          .matches(
              "sent 3000007 bytes \\(2\\.86 MiB\\) in \\d+\\.\\d{3} s, .*/s, mechanism (native|channel)\\R");
      assertThat(send.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--position=1000,      1000, 3000007",
    "--length=64KiB,       0,    65536",
    "--position=3000007,   3000007, 3000007",
    "--length=0,           0,    0",
    "--position=5 --length=1, 5, 6",
    "--mechanism=copy,     0,    3000007",
    "--mechanism=COPY --mechanism=channel, 0, 3000007",
    "--limit-rate=1GiB/s,  0,    3000007",
    "--quiet,              0,    3000007",
    "--no-wait,            0,    3000007",
    "--timeout=1m --stall-timeout=none --connect-timeout=500ms, 0, 3000007",
  })
  void sendsWhatTheOptionsSay(String options, int from, int to) throws IOException {
    try (Peer peer = Peer.thatTakesAll()) {
      String[] arguments = ("send TARGET FILE " + options).split(" +");
      arguments[1] = file.toString();
      arguments[2] = peer.address();
      Invocation send = Invocation.run(arguments);
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(peer.taken()).isEqualTo(Arrays.copyOfRange(content, from, to));
      assertThat(send.out().isEmpty()).isEqualTo(options.contains("quiet"));
    }
  }

  @Test
  void sendsAFileWithAnyName() throws IOException {
    assumeTrue(System.getProperty("sun.jnu.encoding").equals("UTF-8"));
    Path named = Files.move(file, directory.resolve("größe \uD83D\uDE80\n.bin"));
    try (Peer peer = Peer.thatTakesAll()) {
      Invocation send = Invocation.run("send", named.toString(), peer.address());
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(peer.taken()).isEqualTo(content);
    }
  }

  @Test
  void sendsStandardInput() throws IOException {
    try (Peer peer = Peer.thatTakesAll()) {
      Invocation send =
          Invocation.startWithInput(
              new ByteArrayInputStream(content), "send", "-", peer.address(), "--position=7");
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(peer.taken()).isEqualTo(Arrays.copyOfRange(content, 7, content.length));
    }
  }

  @Test
  void sendsTheRestOfStandardInputThatIsAFile() throws IOException {
    try (Peer peer = Peer.thatTakesAll();
        var in = Files.newInputStream(file);
        var rest = new FileInputStream(file.toFile())) {
      assertThat(in.read()).isNotNegative();
      rest.skipNBytes(1000);
      Invocation send = Invocation.startWithInput(rest, "send", "-", peer.address(), "--length=9");
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(peer.taken()).isEqualTo(Arrays.copyOfRange(content, 1000, 1009));
    }
  }

  @Test
  void sendsAFileThatSaysItIsEmpty() throws IOException {
    Path status = Path.of("/proc/self/limits");
    assumeTrue(Files.exists(status));
    try (Peer peer = Peer.thatTakesAll()) {
      Invocation send = Invocation.run("send", status.toString(), peer.address());
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(peer.taken()).isNotEmpty();
    }
  }

  @Test
  void readsWhatThePeerSaysAndThrowsItAway() throws IOException {
    try (Peer peer = Peer.that(SendCommandTest::echo)) {
      Invocation send = Invocation.run("send", file.toString(), peer.address(), "--timeout=15s");
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(peer.taken()).hasSize(content.length);
    }
  }

  private static byte[] echo(Socket socket) throws IOException {
    byte[] bytes = new byte[3_000_007];
    int at = 0;
    for (int n; (n = socket.getInputStream().read(bytes, at, bytes.length - at)) > 0; at += n) {
      socket.getOutputStream().write(bytes, at, n);
    }
    return bytes;
  }

  @Test
  void failsIfThePeerResets() throws IOException {
    try (Peer peer =
        Peer.that(
            socket -> {
              assertThat(socket.getInputStream().read()).isNotNegative();
              return Peer.reset(socket);
            })) {
      Invocation send = Invocation.run("send", file.toString(), peer.address());
      assertFailure(send, ExitCode.FAILED, "");
    }
  }

  @Test
  void failsIfThePeerResetsAfterItHasRead() throws IOException {
    try (Peer peer =
        Peer.that(
            socket -> {
              byte[] taken = Peer.takeAll(socket);
              Peer.reset(socket);
              return taken;
            })) {
      Invocation send = Invocation.run("send", file.toString(), peer.address());
      assertFailure(send, ExitCode.FAILED, "all 3000007 bytes were sent, but");
      assertThat(peer.taken()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--stall-timeout=300ms", "--timeout=300ms"})
  void givesUpOnAPeerThatStalls(String limit) throws IOException {
    Path large = directory.resolve("large");
    try (var channel =
        FileChannel.open(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 64L << 20);
    }
    CountDownLatch over = new CountDownLatch(1);
    try (Peer peer = Peer.that(socket -> hold(socket, over))) {
      Invocation send = Invocation.run("send", large.toString(), peer.address(), limit);
      over.countDown();
      assertFailure(send, ExitCode.TIMED_OUT, "");
    }
  }

  @Test
  void showsABarOnATerminalAndTakesItAway() throws IOException {
    try (Peer peer = Peer.thatTakesAll()) {
      Invocation send =
          Invocation.startOnTerminal(
              70, "send", file.toString(), peer.address(), "--limit-rate=4MiB");
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(send.err())
          .contains("\r\033[Ksome file.bin [")
          .contains("ETA ")
          .endsWith("\r\033[K");
      assertThat(send.out()).startsWith("sent 3000007 bytes");
    }
  }

  @Test
  void aPeerThatHasAllAndDoesNotCloseIsNoFailure() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (Peer peer =
        Peer.that(
            socket -> {
              byte[] taken = Peer.takeAll(socket);
              hold(socket, over);
              return taken;
            })) {
      Invocation send =
          Invocation.run("send", file.toString(), peer.address(), "--stall-timeout=300ms");
      over.countDown();
      assumeTrue(Files.exists(Path.of("/proc/net/tcp")));
      assertThat(send.exitCode()).as(send.err()).isZero();
      assertThat(send.out()).contains("does not close");
      assertThat(peer.taken()).isEqualTo(content);
    }
  }

  private static byte[] hold(Socket socket, CountDownLatch over) throws IOException {
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return Peer.reset(socket);
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING, no such file or directory",
    "DIRECTORY, is a directory",
    "SHORT, --length asks for 3000008",
    "BEYOND, is beyond its end",
  })
  void touchesNobodyIfTheFileCannotBeSent(String which, String message) throws IOException {
    try (Peer peer = Peer.thatTakesAll()) {
      String path =
          switch (which) {
            case "MISSING" -> directory.resolve("nothing").toString();
            case "DIRECTORY" -> directory.toString();
            default -> file.toString();
          };
      String option =
          switch (which) {
            case "SHORT" -> "--length=3000008";
            case "BEYOND" -> "--position=3000008";
            default -> "--quiet";
          };
      Invocation send = Invocation.run("send", path, peer.address(), option);
      assertFailure(send, ExitCode.LOCAL_FILE, message);
      assertThat(peer.wasConnectedTo()).isFalse();
    }
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertFailure(
        Invocation.run("send", file.toString(), "127.0.0.1:" + port),
        ExitCode.CONNECTION,
        "cannot connect to 127.0.0.1:" + port + ": connection refused");
    assertFailure(
        Invocation.run("send", file.toString(), "unix:" + directory.resolve("no.sock")),
        ExitCode.CONNECTION,
        "there is no such socket");
  }

  @Test
  void saysThatTheHostIsUnknown() {
    assertFailure(
        Invocation.run("send", file.toString(), "no-such-host.invalid:9000"),
        ExitCode.CONNECTION,
        "unknown host");
  }

  @Test
  void saysThatTheMechanismCannotBeHad() throws IOException {
    try (Peer peer = Peer.thatTakesAll()) {
      Invocation send =
          Invocation.startWithInput(
              new ByteArrayInputStream(content),
              "send",
              "-",
              peer.address(),
              "--mechanism=channel");
      assertFailure(send, ExitCode.UNAVAILABLE, "channel");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FILE",
        "FILE host:0",
        "FILE host:65536",
        "FILE host",
        "FILE host:9 surplus",
        "FILE host:9 --length=10q",
        "FILE host:9 --length=-5",
        "FILE host:9 --position -5",
        "FILE host:9 --limit-rate=0",
        "FILE host:9 --stall-timeout=soon",
        "FILE host:9 --timeout=-1s",
        "FILE host:9 --mechanism=magic",
        "FILE host:9 --nonsense",
        "FILE host:9 --length",
      })
  void refusesAWrongCommandLine(String arguments) {
    String[] words = ("send " + arguments).replace("FILE", "some-file").split(" ");
    Invocation send = Invocation.run(words);
    assertFailure(send, ExitCode.USAGE, "(see jsendfile send --help)");
  }

  public static void assertFailure(Invocation invocation, ExitCode exitCode, String message) {
    assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(exitCode.value);
    assertThat(invocation.err()).startsWith("jsendfile: ").contains(message).hasLineCount(1);
    assertThat(invocation.out()).doesNotContain("sent ").doesNotContain("received ");
  }
}
