package io.github.jsendfile.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that may have few files open, and a crowd that takes them all.
@Timeout(60)
class FewDescriptorsTest {
  private static final int DESCRIPTORS = 150;

  @TempDir private Path directory;
  private int asked;

  @Test
  @Spec("HT-62")
  void saysSoInALineAndServesOnWhenTheCrowdHasGone() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set a limit");
    Files.writeString(directory.resolve("a"), "first");
    for (int i = 0; i < DESCRIPTORS; i++) {
      Files.writeString(directory.resolve("b" + i), "not open yet");
    }
    List<Socket> crowd = new ArrayList<>();
    try (ServerProcess server =
        ServerProcess.startWithDescriptors(
            DESCRIPTORS, directory.toString(), "--http=0", "--access-log=off")) {
      int port = server.address().getPort();
      Socket client = connect(port);
      crowd.add(client);
      assertThat(status(client, "/a")).isEqualTo("200");
      assertThat(status(client, "/none")).isEqualTo("404");
      for (int i = 0; i < DESCRIPTORS; i++) {
        crowd.add(connect(port));
      }
      Awaitility.await().until(() -> status(client, another()).equals("503"));
      assertThat(status(client, "/a")).isEqualTo("200");
      closeAll(crowd.subList(1, crowd.size()));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> status(client, another()).equals("200"));
      try (Socket other = connect(port)) {
        assertThat(status(other, another())).isEqualTo("200");
      }
      server.terminate();
      assertThat(server.errors())
          .contains("jsendfile: accepting connections again")
          .anyMatch(line -> line.startsWith("jsendfile: cannot accept connections, trying on: "))
          .anyMatch(line -> line.matches("jsendfile: HEAD /b\\d+ is answered 503: .*"))
          .allMatch(line -> line.startsWith("jsendfile: ") || line.startsWith("Ctrl-C"));
    } finally {
      closeAll(crowd);
    }
  }

  /// A file that has not been asked for yet.
  private String another() {
    return "/b" + asked++ % DESCRIPTORS;
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /// HEAD, so that no body follows.
  private static String status(Socket socket, String path) throws IOException {
    String head = "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(ISO_8859_1));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    String line = in.readLine();
    for (String field = line; field != null && !field.isEmpty(); ) {
      field = in.readLine();
    }
    return line == null ? "end" : line.substring(9, 12);
  }
}
