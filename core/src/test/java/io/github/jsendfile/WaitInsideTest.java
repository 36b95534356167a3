package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.endpoint.SocketChannelTarget;
import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.mechanism.BlockingTransfer;
import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A platform thread that waits for its peer inside the kernel's call. That every stop reaches it
/// there is in [StopTest], that limits and counts hold in what runs on both kinds of thread.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class WaitInsideTest {
  private static final int SIZE = 1 << 20;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    assumeTrue(Senders.mayWaitInside(), "SKIPPED: this test needs transferTo on Linux");
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  private static Peer<SocketChannel> peerWithSmallBuffers(PeerBehavior behavior)
      throws IOException {
    return Peer.at(ConnectedPair.tcp(new Buffers(16 << 10, 16 << 10)), behavior);
  }

  @Test
  @Spec({"SF-50", "SF-52b"})
  void aCallWaitsUntilThePeerTakes() throws Exception {
    try (Peer<SocketChannel> peer = peerWithSmallBuffers(new PeerBehavior.Stalled(0))) {
      Running<Transfer> call =
          Running.on(
              ThreadKind.PLATFORM,
              () -> FileSender.defaults().send(FileRegion.of(file), peer.socket()));
      call.awaitWaitingInsideTransferTo();
      peer.release();
      assertThat(call.await().mechanism()).isEqualTo(Mechanism.CHANNEL_TRANSFER);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
    }
  }

  @Test
  @Spec({"SF-40", "SF-52b"})
  void afterALongWaitInsideTheTransferWaitsOutside() throws Exception {
    try (Peer<SocketChannel> peer =
        peerWithSmallBuffers(new PeerBehavior.Slow(4 << 10, Duration.ofMillis(4)))) {
      Transfer done = FileSender.defaults().send(FileRegion.of(file), peer.socket());
      assertThat(done.waits()).as("the first counts as one, then each does").isGreaterThan(5);
      assertThat(done.waited()).isGreaterThan(Duration.ofMillis(500));
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
    }
  }

  @Test
  @Spec({"SF-55", "SF-52b"})
  void onlyItsOwnFileOverABlockingTcpSocketOnAPlatformThreadIsWaitedForInside() throws Exception {
    try (Peer<SocketChannel> tcp = Peer.tcp(new PeerBehavior.Fast());
        Peer<SocketChannel> unix = Peer.unix(new PeerBehavior.Fast());
        FileChannel shared = FileChannel.open(file)) {
      FileRegion path = FileRegion.of(file);
      assertThat(objection(path, tcp)).isEmpty();
      assertThat(objection(FileRegion.of(shared), tcp))
          .hasValueSatisfying(reason -> assertThat(reason).contains("interrupt"));
      assertThat(objection(path, unix))
          .hasValueSatisfying(reason -> assertThat(reason).contains("TCP"));
      assertThat(ThreadKind.VIRTUAL.run(() -> objection(path, tcp)))
          .hasValueSatisfying(reason -> assertThat(reason).contains("platform thread"));
      tcp.socket().configureBlocking(false);
      assertThat(objection(path, tcp)).isPresent();
    }
  }

  private static Optional<String> objection(FileRegion region, Peer<SocketChannel> peer)
      throws IOException {
    try (Source source = region.open()) {
      return new BlockingTransfer().objection(source, new SocketChannelTarget(peer.socket()));
    }
  }
}
