package io.github.jsendfile.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.cli.Invocation;
import io.github.jsendfile.cli.console.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our own two ends, against each other.
class RoundTripTest {
  @TempDir Path directory;

  private Path file(int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Files.write(directory.resolve("source"), content);
  }

  private Invocation receive(String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "receive";
    arguments[1] = "0";
    arguments[2] = directory.resolve("copy").toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Invocation.start(arguments);
  }

  @ParameterizedTest
  @CsvSource({"0, copy", "1, channel", "65537, copy", "20000000, channel", "20000000, copy"})
  void arrives(int size, String mechanism) throws IOException {
    Path source = file(size);
    Invocation receive = receive();
    Invocation send =
        Invocation.run("send", source.toString(), receive.address(), "--mechanism", mechanism);
    assertThat(send.exitCode()).as(send.err()).isZero();
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(directory.resolve("copy")).hasSameBinaryContentAs(source);
  }

  @Test
  void theSenderLearnsThatTheDigestWasWrong() throws IOException {
    Path source = file(100_000);
    Invocation receive = receive("--sha256", "1".repeat(64));
    Invocation send = Invocation.run("send", source.toString(), receive.address());
    assertThat(receive.exitCode()).isEqualTo(ExitCode.FAILED.value);
    SendCommandTest.assertFailure(send, ExitCode.FAILED, "reset the connection");
  }

  @Test
  void theReceiverKeepsNothingOfAFileThatShrinks() throws IOException {
    Path source = file(60_000_000);
    Invocation receive = receive();
    Invocation send =
        Invocation.start(
            "send", source.toString(), receive.address(), "--limit-rate=20MiB", "--timeout=15s");
    try (FileChannel channel = FileChannel.open(source, StandardOpenOption.WRITE)) {
      Awaitility.await().until(() -> sizeOfPart() > 1_000_000);
      channel.truncate(5_000_000);
    }
    SendCommandTest.assertFailure(send, ExitCode.LOCAL_FILE, "of 60000000 bytes");
    SendCommandTest.assertFailure(receive, ExitCode.FAILED, "copy was not written");
    assertThat(directory.resolve("copy")).doesNotExist();
  }

  private long sizeOfPart() throws IOException {
    try (var parts = Files.newDirectoryStream(directory, "*.part")) {
      for (Path part : parts) {
        return Files.size(part);
      }
    }
    return 0;
  }

  @Test
  void resumesBehindWhatHasArrived() throws IOException {
    Path source = file(1_000_000);
    Path copy = directory.resolve("copy");
    try (FileChannel in = FileChannel.open(source)) {
      ByteBuffer half = ByteBuffer.allocate(400_000);
      in.read(half);
      Files.write(copy, half.array());
    }
    Invocation receive = receive("--append");
    Invocation send =
        Invocation.run("send", source.toString(), receive.address(), "--position=400000");
    assertThat(send.exitCode()).as(send.err()).isZero();
    assertThat(receive.exitCode()).as(receive.err()).isZero();
    assertThat(copy).hasSameBinaryContentAs(source);
  }
}
