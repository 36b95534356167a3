package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class DataConnectionTest {
  private static final InetAddress STRANGER = InetAddress.ofLiteral("127.0.0.2");

  @TempDir Path root;
  private FtpFixture ftp;
  private Dialogue client;

  @BeforeEach
  void start() throws IOException {
    ftp = FtpFixture.over(root);
    ftp.file("a", new byte[] {1, 2, 3});
    client = ftp.binary();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    ftp.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "PORT 127,0,0,1,1,1.1~501 Invalid PORT format.",
        "PORT x~501 Invalid PORT format.",
        "PORT 10,0,0,1,9,9~501 Rejected data connection to foreign address 10.0.0.1:2313.",
        "PORT 127,0,0,1,0,80~501 PORT against the privileged port \"80\" refused.",
        "EPRT x~501 Invalid EPRT format.",
        "EPRT ,1,10.0.0.1,2000,~501 Rejected data connection to foreign address 10.0.0.1:2000.",
        "EPRT ,2,::1,2000,~522 Network protocol not supported (use 1).",
        "EPRT ,3,::1,2000,~522 Network protocol not supported (use 1).",
        "EPRT ,1,127.0.0.1,22,~501 PORT against the privileged port \"22\" refused.",
        "EPSV 2~522 Network protocol not supported (use 1).",
        "EPSV 3~522 Network protocol not supported (use 1).",
      })
  @Spec({"FT-4", "FT-8", "FT-25"})
  void refuses(String lineAndReply) throws IOException {
    String[] parts = lineAndReply.split("~", -1);
    assertThat(client.say(parts[0])).isEqualTo(parts[1]);
  }

  @ParameterizedTest
  @CsvSource({"PORT", "EPRT"})
  @Spec({"FT-1", "FT-4"})
  void connectsToTheClient(String verb) throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = listening.getLocalPort();
      String argument =
          verb.equals("PORT")
              ? "127,0,0,1," + port / 256 + "," + port % 256
              : "|1|127.0.0.1|" + port + "|";
      assertThat(client.say(verb + " " + argument))
          .isEqualTo("200 Active data connection established.");
      try (Socket data = listening.accept()) {
        assertThat(client.say("RETR a")).startsWith("125 ");
        assertThat(data.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
      }
      assertThat(client.reply()).startsWith("226 ");
    }
  }

  @Test
  @Spec("FT-8")
  void saysWhenTheClientCannotBeReached() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = closed.getLocalPort();
    }
    assertThat(client.say("EPRT |1|127.0.0.1|" + port + "|"))
        .isEqualTo("425 Can't connect to specified address.");
  }

  @Test
  @Spec("FT-1")
  void pasvShowsAnAddress() throws IOException {
    String reply = client.say("PASV");
    assertThat(reply).matches("227 Entering passive mode \\(127,0,0,1,\\d+,\\d+\\)\\.");
    String[] numbers = reply.replaceAll("[^0-9,]", "").substring(3).split(",", -1);
    int port = Integer.parseInt(numbers[4]) * 256 + Integer.parseInt(numbers[5]);
    try (Socket data = new Socket(client.socket().getInetAddress(), port)) {
      assertThat(client.say("RETR a")).startsWith("1");
      assertThat(data.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
      assertThat(client.reply()).startsWith("226 ");
    }
  }

  @Test
  @Spec("FT-25")
  void masqueradesAndKeepsToItsPorts() throws IOException {
    InetAddress shown = InetAddress.ofLiteral("192.0.2.7");
    int port = FtpFixture.freePort();
    try (FtpFixture behindRouter =
            FtpFixture.over(
                root, options -> options.masqueradeAddress(shown).passivePorts(port, port));
        Dialogue first = behindRouter.user();
        Dialogue second = behindRouter.user()) {
      assertThat(behindRouter.server().passivePortsLeft()).isEqualTo(1);
      assertThat(first.say("PASV"))
          .isEqualTo(
              "227 Entering passive mode (192,0,2,7," + port / 256 + "," + port % 256 + ").");
      assertThat(behindRouter.server().passivePortsLeft()).isZero();
      assertThat(second.say("EPSV"))
          .isEqualTo("425 Can't open passive connection: no port is free.");
      assertThat(first.say("ABOR")).startsWith("225 ");
      assertThat(second.say("EPSV")).contains("|||" + port + "|");
    }
  }

  @Test
  @Spec("FT-29")
  void aSmallRangeDoesNotRunDry() throws IOException {
    int port = FtpFixture.freePort();
    try (FtpFixture small = FtpFixture.over(root, options -> options.passivePorts(port, port));
        Dialogue busy = small.binary()) {
      for (int i = 0; i < 200; i++) {
        assertThat(busy.download("RETR a")).hasSize(3);
        assertThat(busy.say("EPSV")).as("while the port listens").startsWith("229 ");
      }
      assertThat(busy.say("ABOR")).startsWith("225 ");
      assertThat(small.server().passivePortsLeft()).isEqualTo(1);
    }
  }

  @Test
  @Spec({"FT-25", "FT-29"})
  void aStrangersConnectionIsClosedAndTheClientsTaken() throws IOException {
    int port = client.passivePort();
    InetAddress server = client.socket().getInetAddress();
    try (Socket stranger = new Socket(server, port, STRANGER, 0)) {
      stranger.setSoTimeout(10_000);
      assertThat(client.say("RETR a")).startsWith("150 ");
      assertThat(stranger.getInputStream().read()).as("closed, and told nothing").isEqualTo(-1);
      try (Socket data = new Socket(server, port)) {
        assertThat(data.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
      }
      assertThat(client.reply()).startsWith("226 ");
    }
  }

  @Test
  @Spec("FT-25")
  void strangersAreLetInByOption() throws IOException {
    try (FtpFixture open = FtpFixture.over(root, FtpServer.Builder::allowForeignDataAddresses);
        Dialogue other = open.binary();
        Socket stranger = other.passiveFrom(STRANGER);
        ServerSocket far = new ServerSocket(0, 1, STRANGER)) {
      assertThat(other.say("RETR a")).startsWith("1");
      assertThat(stranger.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
      assertThat(other.reply()).startsWith("226 ");
      assertThat(other.say("EPRT |1|127.0.0.2|" + far.getLocalPort() + "|")).startsWith("200 ");
    }
  }

  @Test
  @Spec("FT-29")
  void anUnusedPortCloses() throws IOException {
    int port = FtpFixture.freePort();
    try (FtpFixture hasty =
            FtpFixture.over(
                root,
                options ->
                    options.connectTimeout(Duration.ofMillis(200)).passivePorts(port, port));
        Dialogue slow = hasty.user()) {
      InetSocketAddress unused =
          new InetSocketAddress(slow.socket().getInetAddress(), slow.passivePort());
      Eventually.holds(
          Duration.ofSeconds(10),
          () -> hasty.server().passivePortsLeft() == 1,
          () -> "the port is still open");
      assertThat(refuses(unused)).isTrue();
      assertThat(slow.say("RETR a")).startsWith("150 ");
      assertThat(slow.reply()).isEqualTo("425 Can't open data connection.");
      assertThat(slow.say("NOOP")).startsWith("200 ");
    }
  }

  @Test
  @Spec("FT-29")
  void aNewPortClosesTheOldOne() throws IOException {
    int old = client.passivePort();
    int port = client.passivePort();
    assertThatThrownBy(() -> new Socket(client.socket().getInetAddress(), old).close())
        .isInstanceOf(ConnectException.class);
    try (Socket data = new Socket(client.socket().getInetAddress(), port)) {
      assertThat(client.say("RETR a")).startsWith("1");
      assertThat(data.getInputStream().readAllBytes()).hasSize(3);
      assertThat(client.reply()).startsWith("226 ");
      assertThat(refuses(new InetSocketAddress(client.socket().getInetAddress(), port))).isTrue();
    }
  }

  @Test
  @Spec("FT-4")
  void afterEpsvAllNothingElse() throws IOException {
    assertThat(client.say("EPSV ALL"))
        .isEqualTo("200 Other commands other than EPSV are now disabled.");
    assertThat(client.say("PASV")).isEqualTo("501 PASV not allowed after EPSV ALL.");
    assertThat(client.say("PORT 127,0,0,1,9,9")).startsWith("501 PORT not allowed");
    assertThat(client.say("EPRT |1|127.0.0.1|2000|")).startsWith("501 EPRT not allowed");
    assertThat(client.download("RETR a")).hasSize(3);
  }

  @Test
  @Spec("FT-4")
  void speaksIpv6() throws IOException {
    InetSocketAddress ipv6 = ipv6();
    try (FtpFixture six = FtpFixture.over(root, options -> options.address(ipv6));
        Dialogue other = six.binary();
        ServerSocket listening = new ServerSocket(0, 1, ipv6.getAddress())) {
      assertThat(other.download("RETR a")).hasSize(3);
      assertThat(other.say("EPRT |2|::foo|2222|"))
          .startsWith("501 Rejected data connection to foreign");
      assertThat(other.say("EPSV 1")).isEqualTo("522 Network protocol not supported (use 2).");
      assertThat(other.say("PASV")).isEqualTo("425 PASV is for IPv4; use EPSV.");
      assertThat(other.say("EPRT |2|::1|" + listening.getLocalPort() + "|")).startsWith("200 ");
      try (Socket data = listening.accept()) {
        assertThat(other.say("RETR a")).startsWith("125 ");
        assertThat(data.getInputStream().readAllBytes()).hasSize(3);
      }
      assertThat(other.reply()).startsWith("226 ");
    }
  }

  /// The router's address is of IPv4, and leads to no port that listens over IPv6.
  @Test
  @Spec({"FT-4", "FT-25"})
  void masqueradesOverIpv4Only() throws IOException {
    InetSocketAddress ipv6 = ipv6();
    InetAddress shown = InetAddress.ofLiteral("192.0.2.7");
    try (FtpFixture six =
            FtpFixture.over(root, options -> options.address(ipv6).masqueradeAddress(shown));
        Dialogue other = six.binary()) {
      assertThat(other.say("PASV")).isEqualTo("425 PASV is for IPv4; use EPSV.");
      assertThat(other.download("RETR a")).hasSize(3);
    }
  }

  /// Any port of the loopback interface; the test is skipped where that has no IPv6.
  private static InetSocketAddress ipv6() {
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(any);
    } catch (IOException e) {
      Assumptions.abort("this machine has no IPv6: " + e.getMessage());
    }
    return any;
  }

  private static boolean refuses(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
