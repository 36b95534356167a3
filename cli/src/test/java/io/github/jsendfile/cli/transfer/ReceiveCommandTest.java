package io.github.jsendfile.cli.transfer;

import static io.github.jsendfile.cli.transfer.SendCommandTest.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.cli.Invocation;
import io.github.jsendfile.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveCommandTest {
  @TempDir Path directory;
  private final byte[] content = new byte[1_000_003];
  private Path file;

  @BeforeEach
  void prepare() {
    new Random(9).nextBytes(content);
    file = directory.resolve("arrived.bin");
  }

  private Invocation receive(String... options) {
    String[] arguments =
        Stream.concat(Stream.of("receive", "0", file.toString()), Arrays.stream(options))
            .toArray(String[]::new);
    return Invocation.start(arguments);
  }

  private static void send(Invocation receive, byte[] bytes) throws IOException {
    try (Socket socket = connect(receive)) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static Socket connect(Invocation receive) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), receive.port());
  }

  private static void sendAndReset(Invocation receive, byte[] bytes) throws IOException {
    try (Socket socket = connect(receive)) {
      socket.getOutputStream().write(bytes);
      socket.setSoLinger(true, 0);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> names = Files.list(directory)) {
      return names.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private String digest() {
    var digest = Sha256.begin();
    digest.update(content);
    return Sha256.end(digest).hex();
  }

  @Test
  void writesWhatArrivesUntilTheEnd() throws IOException {
    Invocation receive = receive();
    send(receive, content);
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(file).hasBinaryContent(content);
    assertThat(names()).containsExactly("arrived.bin");
    assertThat(receive.out()).contains("received 1000003 bytes").contains("mechanism copy");
    assertThat(receive.address()).startsWith("127.0.0.1:");
  }

  @Test
  void acceptsAnEmptyFile() throws IOException {
    Invocation receive = receive();
    send(receive, new byte[0]);
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(file).isEmptyFile();
  }

  @Test
  void keepsNothingAfterAReset() throws IOException {
    Invocation receive = receive();
    sendAndReset(receive, content);
    assertFailure(receive, ExitCode.FAILED, "arrived.bin was not written");
    assertThat(names()).isEmpty();
  }

  @Test
  void keepsNothingOfAPeerThatStalls() throws IOException {
    Invocation receive = receive("--stall-timeout=200ms");
    try (Socket socket = connect(receive)) {
      socket.getOutputStream().write(content, 0, 1000);
      assertFailure(receive, ExitCode.TIMED_OUT, "after 1000 bytes");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void lengthSaysWhenItIsComplete() throws IOException {
    Invocation exact = receive("--length=1000003");
    send(exact, content);
    assertThat(exact.exitCode()).as(exact.err()).isZero();
    assertThat(file).hasBinaryContent(content);
    Files.delete(file);

    Invocation longer = receive("--length=1000004");
    try (Socket socket = connect(longer)) {
      socket.getOutputStream().write(content);
    }
    assertFailure(longer, ExitCode.FAILED, "1000003 of 1000004 bytes");
    assertThat(names()).isEmpty();

    Invocation shorter = receive("--length=10");
    sendAndReset(shorter, Arrays.copyOf(content, 10));
    assertThat(shorter.exitCode()).as(shorter.err()).isIn(0, 1);
  }

  @Test
  void digestSaysWhetherItIsKept() throws IOException {
    Invocation wrong = receive("--sha256=" + "0".repeat(64));
    try (Socket socket = connect(wrong)) {
      socket.getOutputStream().write(content);
    }
    assertFailure(wrong, ExitCode.FAILED, "wrong digest: expected 000");
    assertThat(wrong.err()).contains("got " + digest());
    assertThat(names()).isEmpty();

    Invocation right = receive("--sha256=" + digest().toUpperCase(Locale.ROOT));
    send(right, content);
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void appendsInPlace() throws IOException {
    Files.write(file, new byte[] {1, 2, 3});
    Invocation receive = receive("--append");
    send(receive, new byte[] {4, 5});
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3, 4, 5});

    Invocation failed = receive("--append", "--length=3");
    try (Socket socket = connect(failed)) {
      socket.getOutputStream().write(6);
    }
    assertFailure(failed, ExitCode.FAILED, "has grown from 5 to 6 bytes");
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3, 4, 5, 6});

    Invocation wrong = receive("--append", "--sha256=" + digest());
    try (Socket socket = connect(wrong)) {
      socket.getOutputStream().write(7);
    }
    assertFailure(wrong, ExitCode.FAILED, "wrong digest");
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3, 4, 5, 6});
  }

  @Test
  void replacesOnlyWhenForced() throws IOException {
    Files.writeString(file, "precious");
    assertFailure(receive(), ExitCode.LOCAL_FILE, "exists already; --force replaces it");
    assertThat(file).hasContent("precious");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Invocation failed = receive("--force");
    sendAndReset(failed, content);
    assertFailure(failed, ExitCode.FAILED, "was not written");
    assertThat(file).hasContent("precious");

    Invocation forced = receive("--force");
    send(forced, content);
    assertThat(forced.exitCode()).as(forced.err()).isZero();
    assertThat(file).hasBinaryContent(content);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(names()).containsExactly("arrived.bin");
  }

  @Test
  void doesNotReplaceWhatAppearedMeanwhile() throws IOException {
    Invocation receive = receive();
    try (Socket socket = connect(receive)) {
      socket.getOutputStream().write(content);
      Files.writeString(file, "precious");
    }
    assertFailure(receive, ExitCode.LOCAL_FILE, "exists already");
    assertThat(file).hasContent("precious");
    assertThat(names()).containsExactly("arrived.bin");
  }

  @Test
  void replacesWhatALinkLeadsTo() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "old");
    Files.createSymbolicLink(file, real);
    Invocation receive = receive("--force");
    send(receive, content);
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(file).isSymbolicLink();
    assertThat(real).hasBinaryContent(content);
  }

  @Test
  void waitsForTheNextUntilComplete() throws IOException {
    Invocation receive = receive("--until-complete");
    sendAndReset(receive, content);
    send(receive, content);
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(receive.err()).startsWith("jsendfile: ").hasLineCount(1);
    assertThat(file).hasBinaryContent(content);
    assertThat(names()).containsExactly("arrived.bin");
  }

  @Test
  void passesOnToStandardOutput() throws IOException {
    Invocation receive = Invocation.start("receive", "0", "-", "--sha256=" + digest());
    send(receive, content);
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(receive.outBytes()).isEqualTo(content);
    assertThat(receive.err()).contains("received 1000003 bytes");

    Invocation broken = Invocation.start("receive", "0", "-", "--length=2");
    try (Socket socket = connect(broken)) {
      socket.getOutputStream().write('x');
    }
    assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED.value);
    assertThat(broken.err()).contains("1 of 2 bytes");
  }

  @Test
  void givesUpWhenNobodyConnects() {
    assertFailure(
        receive("--accept-timeout=100ms"), ExitCode.CONNECTION, "nobody connected to 127.0.0.1:");
  }

  @Test
  void listensAtAUnixSocket() throws IOException {
    Path socket = directory.resolve("in.sock");
    Path source = Files.write(directory.resolve("source"), content);
    Invocation receive = Invocation.start("receive", "unix:" + socket, file.toString());
    assertThat(receive.address()).isEqualTo("unix:" + socket);
    Invocation send = Invocation.run("send", source.toString(), "unix:" + socket);
    assertThat(send.exitCode()).as(send.err()).isZero();
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(file).hasBinaryContent(content);
    assertThat(names()).containsExactly("arrived.bin", "source");
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFailure(
          Invocation.run("receive", "" + other.getLocalPort(), file.toString()),
          ExitCode.CONNECTION,
          "it is in use; choose another port");
    }
    assertFailure(
        Invocation.run("receive", "192.0.2.1:0", file.toString()),
        ExitCode.CONNECTION,
        "this machine has no such address");
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "missing/file, there is no directory",
    ".., is a directory",
    "notes.txt/file, there is no directory",
    "dangling, is a symbolic link to nothing",
    "LONG, too long",
  })
  void refusesAtTheStartWhatCannotEndWell(String name, String message) throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "");
    Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
    Path impossible = directory.resolve(name.equals("LONG") ? "x".repeat(300) : name);
    for (String option : List.of("--quiet", "--force", "--append")) {
      Invocation receive = Invocation.run("receive", "0", impossible.toString(), option);
      assertFailure(receive, ExitCode.LOCAL_FILE, message);
    }
    assertThat(names()).containsExactly("dangling", "notes.txt");
  }

  @Test
  void refusesWhatTheDiskHasNoRoomFor() {
    assertFailure(receive("--length=7EiB"), ExitCode.LOCAL_FILE, "the disk has room for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9000",
        "65536 f",
        "-1 f",
        "host f",
        "9000 f surplus",
        "9000 f --sha256=abc",
        "9000 f --length=many",
        "9000 f --append --force",
        "9000 f --once --until-complete",
        "9000 f --timeout=never",
      })
  void refusesAWrongCommandLine(String arguments) {
    Invocation receive = Invocation.run(("receive " + arguments).split(" "));
    assertFailure(receive, ExitCode.USAGE, "(see jsendfile receive --help)");
  }
}
