package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A client that connects and vanishes, in each state it can be in.
@ExtendWith(LeakCheck.class)
@Spec("FT-61")
class VanishingClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PORTS = 40;

  @TempDir Path root;

  /// Brings a session into a state. What it opens is closed behind it.
  private interface Step {
    void bring(Dialogue client) throws IOException;
  }

  enum State {
    GREETED(client -> {}),
    NAMED(client -> client.say("USER user")),
    HALF_A_LINE(client -> client.send(new byte[] {'N', 'O'})),
    LOGGED_IN(State::logIn),
    LISTENING(
        client -> {
          logIn(client);
          client.passivePort();
        }),
    CONNECTED(
        client -> {
          logIn(client);
          client.passive().close();
        }),
    WAITING_TO_SEND(
        client -> {
          logIn(client);
          assertThat(client.say("RETR big")).startsWith("150 ");
        }),
    WAITING_TO_RECEIVE(
        client -> {
          logIn(client);
          client.passivePort();
          assertThat(client.say("STOR new")).startsWith("150 ");
        }),
    SENDING(client -> transfer(client, "RETR big")),
    RECEIVING(client -> transfer(client, "STOR new")),
    LISTING(client -> transfer(client, "MLSD")),
    QUITTING_WHILE_RECEIVING(
        client -> {
          transfer(client, "STOR new");
          client.send("QUIT");
        }),
    ACTIVE(
        client -> {
          logIn(client);
          try (ServerSocket listening =
              new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            client.say("EPRT |1|127.0.0.1|" + listening.getLocalPort() + "|");
            listening.accept().close();
          }
        });

    @SuppressWarnings("ImmutableEnumChecker") // it holds nothing
    private final Step step;

    State(Step step) {
      this.step = step;
    }

    private static void logIn(Dialogue client) throws IOException {
      client.say("USER user");
      assertThat(client.say("PASS 12345")).startsWith("230 ");
      client.say("TYPE I");
    }

    private static void transfer(Dialogue client, String command) throws IOException {
      logIn(client);
      try (Socket data = client.passive()) {
        assertThat(client.say(command)).startsWith("1");
        if (command.startsWith("STOR")) {
          data.getOutputStream().write(new byte[100_000]);
        } else {
          assertThat(data.getInputStream().read()).isNotNegative();
        }
        data.setSoLinger(true, 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void leavesNothing(State state) throws IOException {
    int first = firstOfFree();
    try (FtpFixture ftp =
        FtpFixture.over(root, options -> options.passivePorts(first, first + PORTS - 1))) {
      try (RandomAccessFile big = new RandomAccessFile(root.resolve("big").toFile(), "rw")) {
        big.setLength(1L << 30);
      }
      LeakCheck.Snapshot before = LeakCheck.now();
      for (int i = 0; i < 10; i++) {
        try (Dialogue client = Dialogue.greeted(ftp.server())) {
          state.step.bring(client);
          client.socket().setSoLinger(i % 2 == 0, 0); // a reset, or an end
        }
      }
      Eventually.holds(PATIENCE, () -> ftp.server().active() == 0, () -> "sessions stay");
      Eventually.holds(
          PATIENCE, () -> ftp.server().passivePortsLeft() == PORTS, () -> "ports stay");
      before.assertNothingLeaked();
      assertThat(files()).isSubsetOf("big", "new").contains("big");
    }
  }

  @Test
  void aServerThatClosesLeavesNothing() throws IOException {
    List<Dialogue> clients = new ArrayList<>();
    LeakCheck.Snapshot before = LeakCheck.now();
    try (FtpFixture ftp = FtpFixture.over(root)) {
      ftp.file("big", new byte[1_000_000]);
      for (State state : State.values()) {
        Dialogue client = Dialogue.greeted(ftp.server());
        clients.add(client);
        state.step.bring(client);
      }
    }
    for (Dialogue client : clients) {
      client.close();
    }
    before.assertNothingLeaked();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /// A range of which most are free, for a while at least; the kernel gives out higher ones.
  private static int firstOfFree() {
    return 20_000 + (int) (ProcessHandle.current().pid() % 200) * 50;
  }
}
