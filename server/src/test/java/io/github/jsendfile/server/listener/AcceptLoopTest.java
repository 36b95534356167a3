package io.github.jsendfile.server.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Spec("HT-62")
@ExtendWith(LeakCheck.class)
@Timeout(60)
class AcceptLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void goesOnAfterFailuresOfEveryKind() throws Exception {
    List<SocketChannel> accepted = new ArrayList<>();
    ScriptedServer server = new ScriptedServer();
    server.script.add(new IOException("Too many open files"));
    server.script.add(new OutOfMemoryError("unable to create native thread"));
    server.script.add(new IllegalStateException("a defect"));
    try (SocketChannel channel = SocketChannel.open()) {
      server.next = channel;
      AcceptLoop loop = new AcceptLoop(server, accepted::add);
      Thread thread = Thread.ofPlatform().start(loop);
      Eventually.holds(PATIENCE, () -> !accepted.isEmpty(), () -> "nothing accepted");
      assertThat(server.script).isEmpty();
      loop.end();
      assertThat(thread.join(PATIENCE)).isTrue();
    }
  }

  @Test
  void aPauseEndsWithTheLoop() throws Exception {
    ScriptedServer server = new ScriptedServer();
    for (int i = 0; i < 1_000; i++) {
      server.script.add(new IOException("Too many open files"));
    }
    AcceptLoop loop = new AcceptLoop(server, _ -> {});
    Thread thread = Thread.ofPlatform().start(loop);
    loop.end();
    assertThat(thread.join(PATIENCE)).isTrue();
    assertThat(server.script).hasSizeGreaterThan(900);
  }

  /// A server with so few descriptors that most clients have to wait for the first to go.
  @Test
  void aServerOutOfDescriptorsServesEverybodyInTheEnd() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set a limit");
    int clients = 300;
    Process process = startWithDescriptors(150);
    List<Client> waiting = new ArrayList<>();
    try (BufferedReader out = process.inputReader(UTF_8);
        BufferedReader log = process.errorReader(UTF_8)) {
      int port = Integer.parseInt(out.readLine());
      for (int i = 0; i < clients; i++) {
        waiting.add(Client.of(port));
      }
      awaitLine(log, "cannot accept connections");
      for (Client client : waiting) {
        assertThat(client.hear()).isEqualTo('+'); // in order, each once its forerunner has gone
        client.close();
      }
      process.outputWriter().close();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      awaitLine(log, "accepting connections again");
    } finally {
      process.destroyForcibly();
      for (Client client : waiting) {
        client.close();
      }
    }
  }

  private static void awaitLine(BufferedReader log, String text) throws IOException {
    String line;
    do {
      line = log.readLine();
      assertThat(line).as("the log has to say: " + text).isNotNull();
    } while (!line.contains(text));
  }

  private static Process startWithDescriptors(int limit) throws IOException {
    String classPath =
        Stream.of(Listener.class, FewDescriptors.class, FileSender.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .distinct()
            .collect(Collectors.joining(":"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            "/bin/sh",
            "-c",
            "ulimit -n " + limit + "; exec \"$@\"",
            "sh",
            java,
            "-XX:-MaxFDLimit",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            FewDescriptors.class.getName())
        .start();
  }
}
