package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Where the kernel may be called but the JDK does not show its descriptors: a file given as a path
/// goes to a TCP socket by the kernel's call; of all else the reason is told, before a byte moves.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class NativeWithoutOpensTest {
  private static final int SIZE = 1 << 20;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    assumeTrue(
        Senders.descriptorsAreSearched(),
        "SKIPPED: this test is for native access without the JDK's descriptors");
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @Test
  @Spec({"SF-60", "SF-63"})
  void aPathGoesByTheKernelsCallAndAFileChannelByTheJdks() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(file)) {
      Transfer path =
          ThreadKind.VIRTUAL.run(
              () -> FileSender.defaults().send(FileRegion.of(file), peer.socket()));
      assertThat(path.mechanism()).isEqualTo(Mechanism.NATIVE);
      Transfer other = FileSender.defaults().send(FileRegion.of(channel), peer.socket());
      assertThat(other.mechanism()).isEqualTo(Mechanism.CHANNEL_TRANSFER);
      assertThat(peer.finish().count()).isEqualTo(2 * SIZE);
    }
  }

  @Test
  @Spec({"SF-63", "SF-64"})
  void theReasonSaysHowToShowThem() throws IOException {
    try (Peer<SocketChannel> tcp = Peer.tcp(new PeerBehavior.Fast());
        Peer<SocketChannel> unix = Peer.unix(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(file)) {
      assertRefused(FileRegion.of(channel), tcp, "FileChannel");
      assertRefused(FileRegion.of(file), unix, "UNIX-domain socket");
    }
    assertThat(Mechanism.NATIVE.availability().detail())
        .contains("files given as a Path", "--add-opens=java.base/sun.nio.ch=");
  }

  private static void assertRefused(FileRegion region, Peer<SocketChannel> peer, String whose)
      throws IOException {
    MechanismUnavailableException e =
        catchThrowableOfType(
            MechanismUnavailableException.class,
            () -> Senders.only(Mechanism.NATIVE).send(region, peer.socket()));
    assertThat(e).hasMessageContainingAll(whose, "--add-opens=java.base/sun.nio.ch=");
    assertThat(e.bytesTransferred()).isZero();
    assertThat(peer.finish().count()).isZero();
  }

  @Test
  @Spec({"SF-64", "SF-74"})
  void receivingNeedsTheDescriptorOfTheFileAndSaysSo() throws IOException {
    FileReceiver strict = FileReceiver.builder().mechanisms(Mechanism.NATIVE).build();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      MechanismUnavailableException e =
          catchThrowableOfType(
              MechanismUnavailableException.class,
              () -> strict.receive(peer.socket(), channel, 0, 100_000));
      assertThat(e).hasMessageContainingAll("FileChannel", "--add-opens=java.base/sun.nio.ch=");
    }
  }
}
