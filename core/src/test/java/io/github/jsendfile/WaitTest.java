package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Waiting for a peer: without CPU, without a carrier, and seen by everybody else as not there.
/// All tests of this module run with one carrier, so that whoever holds it hangs them.
@ParameterizedClass
@EnumSource(ThreadKind.class)
@ExtendWith(LeakCheck.class)
@Timeout(30)
class WaitTest {
  private static final int SIZE = 8 << 20;

  @TempDir private Path directory;
  @Parameter private ThreadKind threads;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  private Running<Transfer> send(FileSender sender, SocketChannel socket) {
    return Running.on(threads, () -> sender.send(FileRegion.of(file), socket));
  }

  @Test
  @Spec("SF-50")
  void stalledPeersCostNoCpuAndHoldNoCarrier() throws Exception {
    List<Peer<SocketChannel>> peers = new ArrayList<>();
    List<Running<Transfer>> calls = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0));
        peers.add(peer);
        calls.add(send(FileSender.defaults(), peer.socket()));
      }
      for (Running<Transfer> call : calls) {
        call.awaitWaitingForPeer();
      }
      Running.awaitIdleProcess();
      try (Peer<SocketChannel> fast = Peer.tcp(new PeerBehavior.Fast())) {
        Transfer done =
            ThreadKind.VIRTUAL.run(() -> send(FileSender.defaults(), fast.socket()).await());
        assertThat(done.bytesSent()).isEqualTo(SIZE);
      }
    } finally {
      for (Peer<SocketChannel> peer : peers) {
        peer.socket().close(); // before the peer reads on
        peer.release();
      }
      for (Peer<SocketChannel> peer : peers) {
        peer.close();
      }
      for (Running<Transfer> call : calls) {
        assertThatThrownBy(call::await).isInstanceOf(TransferAbortedException.class);
      }
    }
  }

  @Test
  @Spec({"SF-50", "SF-26"})
  void aFifoHoldsNoCarrierWhileItIsSilent() throws Exception {
    Path fifo = OddFiles.in(directory).fifo();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Running<Transfer> call =
          Running.on(threads, () -> FileSender.defaults().send(FileRegion.of(fifo), peer.socket()));
      call.awaitWaitingForFile();
      assertThat(ThreadKind.VIRTUAL.run(() -> "ran")).isEqualTo("ran");
      Files.write(fifo, Pattern.bytes(0, 100_000));
      assertThat(call.await().bytesSent()).isEqualTo(100_000);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, 100_000));
    }
  }

  @Test
  @Spec({"SF-50", "SF-54"})
  void aFifoThatNobodyOpensIsLeftAtTheTimeout() throws Exception {
    Path fifo = OddFiles.in(directory).fifo();
    FileSender sender = FileSender.builder().timeout(Duration.ofMillis(100)).build();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      assertThatThrownBy(() -> threads.run(() -> sender.send(FileRegion.of(fifo), peer.socket())))
          .isInstanceOf(TransferTimeoutException.class);
    }
  }

  @Test
  @Spec({"SF-51", "SF-52"})
  void aChannelUsedBeforeOrNotIsServedWithoutTurningItsMode() throws Exception {
    for (boolean usedByVirtualThread : new boolean[] {false, true}) {
      try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
        SocketChannel socket = peer.socket();
        if (usedByVirtualThread) {
          ThreadKind.VIRTUAL.run(() -> socket.write(ByteBuffer.allocate(0)));
        }
        Running<Transfer> call = send(FileSender.defaults(), socket);
        call.awaitWaitingForPeer();
        assertThat(socket.isBlocking()).isTrue();
        peer.release();
        Transfer done = call.await();
        assertThat(done.bytesSent()).isEqualTo(SIZE);
        assertThat(done.mechanism()).isEqualTo(Senders.ofLargePaths(threads));
        if (threads == ThreadKind.VIRTUAL || usedByVirtualThread) { // else inside a call, and short
          assertThat(done.waits()).isPositive();
          assertThat(done.waited()).isPositive();
        }
        assertThat(done.waited()).isLessThanOrEqualTo(done.elapsed());
        assertThat(socket.isBlocking()).isTrue();
        assertThat(peer.finish().count()).isEqualTo(SIZE);
      }
    }
  }

  @Test
  @Spec("SF-51")
  void aTimedReadOfTheSameSocketByAnotherThreadMakesNothingSpin() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      Socket adaptor = peer.socket().socket();
      adaptor.setSoTimeout(60_000);
      Running<Integer> reader =
          Running.on(ThreadKind.PLATFORM, () -> adaptor.getInputStream().read());
      Running<Transfer> call = send(FileSender.defaults(), peer.socket());
      call.awaitWaitingForPeer();
      Running.awaitIdleProcess();
      ((SocketChannel) peer.receiver()).write(ByteBuffer.wrap(new byte[] {7}));
      assertThat(reader.await()).isEqualTo(7);
      peer.release();
      assertThat(call.await().bytesSent()).isEqualTo(SIZE);
    }
  }

  @Test
  @Spec("SF-52a")
  void whatAStalledPeerHoldsOfTheKernelIsBoundedByTheSendBuffer() throws Exception {
    FileSender sender = FileSender.builder().stallTimeout(Duration.ofMillis(200)).build();
    try (Peer<SocketChannel> peer =
        Peer.at(
            ConnectedPair.tcp(new ConnectedPair.Buffers(64 << 10, 16 << 10)),
            new PeerBehavior.Stalled(0))) {
      assertThatThrownBy(() -> send(sender, peer.socket()).await())
          .isInstanceOfSatisfying(
              PeerStalledException.class,
              e -> assertThat(e.bytesTransferred()).isPositive().isLessThan(1 << 20));
    }
  }

  @Test
  @Spec("SF-52a")
  void whatWaitsUnsentCanBeBoundedWithoutASmallSendBuffer() throws Exception {
    Assumptions.assumeTrue(
        Mechanism.NATIVE.availability().available(), "native access is not granted in this run");
    FileSender sender = FileSender.builder().stallTimeout(Duration.ofMillis(200)).build();
    FileSender bounded = sender.toBuilder().unsentBytes(64 << 10).build();
    assertThat(takenForAStalledPeer(bounded)).isLessThan(takenForAStalledPeer(sender) / 2);
  }

  /// How much the kernel takes for a peer that takes nothing, with a send buffer that may grow.
  private long takenForAStalledPeer(FileSender sender) throws Exception {
    try (Peer<SocketChannel> peer =
        Peer.at(
            ConnectedPair.tcp(new ConnectedPair.Buffers(0, 16 << 10)),
            new PeerBehavior.Stalled(0))) {
      return catchThrowableOfType(
              PeerStalledException.class, () -> send(sender, peer.socket()).await())
          .bytesTransferred();
    }
  }

  @Test
  @Spec("SF-59")
  void anotherThreadReadsTheSameSocketMeanwhile() throws Exception {
    try (Peer<SocketChannel> peer =
        Peer.tcp(new PeerBehavior.Slow(64 << 10, Duration.ofMillis(1)))) {
      SocketChannel other = (SocketChannel) peer.receiver();
      AtomicLong read = new AtomicLong();
      Running<Void> reader =
          Running.on(
              threads,
              () -> {
                ByteBuffer buffer = ByteBuffer.allocate(4096);
                while (read.get() < 100_000) {
                  read.addAndGet(peer.socket().read(buffer.clear()));
                }
                return null;
              });
      Running<Transfer> call = send(FileSender.defaults(), peer.socket());
      ByteBuffer answer = ByteBuffer.allocate(1000);
      for (int i = 0; i < 100; i++) {
        answer.clear();
        while (answer.hasRemaining()) {
          other.write(answer);
        }
      }
      reader.await();
      assertThat(call.await().bytesSent()).isEqualTo(SIZE);
      assertThat(peer.finish().count()).isEqualTo(SIZE);
    }
  }

  @Test
  @Spec("SF-28")
  void aFileThatShrinksMeanwhileEndsTheTransferWithoutSpinning() throws Exception {
    AtomicBoolean shrunk = new AtomicBoolean();
    FileSender sender = FileSender.builder().progressInterval(Duration.ZERO).build();
    try (Peer<SocketChannel> peer =
        Peer.tcp(new PeerBehavior.Slow(16 << 10, Duration.ofMillis(1)))) {
      Transfer done =
          threads.run(
              () ->
                  sender.send(
                      FileRegion.of(file),
                      peer.socket(),
                      sent -> {
                        if (shrunk.compareAndSet(false, true)) {
                          truncate(sent / 2);
                        }
                      }));
      assertThat(done.endedEarly()).isTrue();
      assertThat(done.bytesSent()).isLessThan(SIZE);
      assertThat(peer.finish().count()).isEqualTo(done.bytesSent());
      assertThat(done.waits()).isLessThan(1000);
    }
  }

  private void truncate(long size) {
    try {
      OddFiles.truncate(file, size);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Spec({"SF-42", "SF-55a"})
  void oneFileChannelSurvivesTheEndOfAnyOfAHundredSenders() throws Exception {
    FileSender stalling = FileSender.builder().stallTimeout(Duration.ofMillis(300)).build();
    FileSender slow = FileSender.builder().timeout(Duration.ofMillis(300)).build();
    List<Peer<SocketChannel>> peers = new ArrayList<>();
    List<Running<Transfer>> calls = new ArrayList<>();
    try (FileChannel shared = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int i = 0; i < 100; i++) {
        FileSender sender = List.of(stalling, slow, FileSender.defaults()).get(i % 3);
        Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0));
        peers.add(peer);
        calls.add(Running.on(threads, () -> sender.send(FileRegion.of(shared), peer.socket())));
      }
      for (int i = 2; i < 100; i += 3) {
        calls.get(i).awaitWaitingForPeer();
        calls.get(i).thread().interrupt();
      }
      for (Running<Transfer> call : calls) {
        assertThatThrownBy(call::await).isInstanceOf(TransferException.class);
      }
      assertThat(shared.isOpen()).isTrue();
      try (Peer<SocketChannel> fast = Peer.tcp(new PeerBehavior.Fast())) {
        assertThat(Sendfile.send(fast.socket(), shared)).isEqualTo(SIZE);
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
  }
}
