package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.mechanism.BufferPool;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
@Timeout(30)
class BufferPoolTest {
  @Test
  @Spec("SF-62")
  void whoComesWhileAllLargeBuffersAreOutGetsASmallOne() {
    List<BufferPool.Lease> leases = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        leases.add(BufferPool.lease(256 << 10));
      }
      assertThat(leases.getFirst().buffer().remaining()).isEqualTo(256 << 10);
      assertThat(leases.getFirst().buffer().isDirect()).isTrue();
      assertThat(leases.getLast().buffer().remaining()).isEqualTo(4 << 10);
    } finally {
      leases.forEach(BufferPool.Lease::close);
    }
    assertThat(BufferPool.leases()).isZero();
    try (BufferPool.Lease again = BufferPool.lease(256 << 10)) {
      assertThat(again.buffer().remaining()).isEqualTo(256 << 10);
    }
  }

  @Test
  @Spec("SF-62")
  void copiesThatWaitHoldNextToNothing(@TempDir Path directory) throws Exception {
    Path file = OddFiles.in(directory).ofSize(8 << 20);
    FileSender copying = FileSender.builder().mechanisms(Mechanism.BUFFERED_COPY).build();
    List<Peer<SocketChannel>> peers = new ArrayList<>();
    List<Running<Transfer>> calls = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0));
        peers.add(peer);
        calls.add(
            Running.on(ThreadKind.VIRTUAL, () -> copying.send(FileRegion.of(file), peer.socket())));
      }
      for (Running<Transfer> call : calls) {
        call.awaitWaitingForPeer();
      }
      assertThat(BufferPool.largeLeases()).isLessThan(10);
      try (BufferPool.Lease large = BufferPool.lease(256 << 10)) {
        assertThat(large.buffer().remaining()).as("left for others").isEqualTo(256 << 10);
      }
    } finally {
      for (Peer<SocketChannel> peer : peers) {
        peer.socket().close(); // before the peer reads on
        peer.release();
      }
      for (Peer<SocketChannel> peer : peers) {
        peer.close();
      }
    }
    for (Running<Transfer> call : calls) {
      assertThatThrownBy(call::await).isInstanceOf(TransferAbortedException.class);
    }
    assertThat(BufferPool.leases()).isZero();
  }

  @Test
  @Spec("SF-62")
  void aCopyThatFoundTheSocketFullSendsEveryByteOnce(@TempDir Path directory) throws Exception {
    Path file = OddFiles.in(directory).ofSize(1_500_001);
    FileSender copying = FileSender.builder().mechanisms(Mechanism.BUFFERED_COPY).build();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(10_000))) {
      Running<Transfer> call =
          Running.on(ThreadKind.PLATFORM, () -> copying.send(FileRegion.of(file), peer.socket()));
      call.awaitWaitingForPeer();
      peer.release();
      assertThat(call.await().bytesSent()).isEqualTo(1_500_001);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, 1_500_001));
    }
  }
}
