package io.github.jsendfile.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.ftp.FtpServer;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.server.files.FileTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The command as a process of its own, stopped in the middle.
@Timeout(60)
class SignalTest {
  @TempDir Path directory;

  private static Process start(String... arguments) throws IOException {
    String classPath =
        Stream.of(
                Main.class,
                FileSender.class,
                CommandLine.class,
                HttpFileServer.class,
                FtpServer.class,
                FileTree.class)
            .map(
                type -> Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()))
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Main.class.getName()));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).start();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aTerminatedReceiverLeavesNothing() throws Exception {
    Process receive = start("receive", "0", directory.resolve("copy").toString());
    try (BufferedReader out = receive.inputReader();
        Socket socket = connect(out.readLine())) {
      socket.getOutputStream().write(new byte[100_000]);
      Awaitility.await().until(() -> !files().isEmpty());
      receive.toHandle().destroy(); // Process.destroy() would close its streams
      assertThat(receive.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(receive.exitValue()).isEqualTo(143);
      assertThat(files()).isEmpty();
      assertThat(new String(receive.getErrorStream().readAllBytes(), UTF_8))
          .startsWith("jsendfile: interrupted; ")
          .hasLineCount(1);
      Assertions.assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> socket.getInputStream().read());
    } finally {
      receive.destroyForcibly();
    }
  }

  private static Socket connect(String line) throws IOException {
    int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void aKilledSenderResetsTheConnection() throws Exception {
    Path file = Files.write(directory.resolve("source"), new byte[50_000_000]);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process send =
          start(
              "send", file.toString(), "127.0.0.1:" + server.getLocalPort(), "--limit-rate=10MiB");
      try (Socket socket = server.accept()) {
        assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
        send.destroyForcibly();
        Assertions.assertThatExceptionOfType(SocketException.class)
            .isThrownBy(() -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
      } finally {
        send.destroyForcibly();
      }
    }
  }
}
