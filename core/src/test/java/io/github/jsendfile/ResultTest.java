package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.Descriptors;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What is told afterwards, which positions move, who closes: on every mechanism.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@MethodSource("io.github.jsendfile.Senders#mechanisms")
@Timeout(30)
class ResultTest {
  private static final int SIZE = 1024 * 1024;

  @Parameter Mechanism mechanism;

  @TempDir Path directory;
  private Path file;
  private FileSender sender;

  @BeforeEach
  void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
    sender = Senders.only(mechanism);
  }

  @Test
  @Spec("SF-40")
  void transferSaysWhatWasDone() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Payload payload =
          Payload.of(
              Pattern.buffer(0, 100),
              FileRegion.of(file, 0, 500_000),
              FileRegion.of(file, 500_000, SIZE),
              Pattern.buffer(0, 11));
      long before = System.nanoTime();
      Transfer transfer = sender.send(payload, peer.socket());
      Duration around = Duration.ofNanos(System.nanoTime() - before);

      assertThat(transfer.bytesSent()).isEqualTo(SIZE);
      assertThat(transfer.totalBytes()).isEqualTo(SIZE + 111);
      assertThat(transfer.mechanism()).isEqualTo(mechanism);
      assertThat(transfer.endedEarly()).as("the second region asked for too much").isTrue();
      assertThat(transfer.elapsed()).isPositive().isLessThanOrEqualTo(around);
      assertThat(transfer.waited()).isLessThanOrEqualTo(transfer.elapsed());
      assertThat(transfer.waits()).isNotNegative();
    }
  }

  @Test
  @Spec("SF-40")
  void transferThatNeverWaitedSaysSo() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer transfer = sender.send(FileRegion.of(file, 0, 50_000), peer.socket());
      assertThat(transfer.waits()).isZero();
      assertThat(transfer.waited()).isZero();
    }
  }

  @Test
  @Spec("SF-41")
  void seedsCallMovesTheChannelsPosition() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(file).position(77)) {
      Sendfile.send(peer.socket(), channel);
      assertThat(channel.position()).isEqualTo(SIZE);
      Sendfile.send(peer.socket(), channel, 500, 1_000);
      assertThat(channel.position()).isEqualTo(1_500);
      Sendfile.send(peer.socket(), channel, 1_000_000, Long.MAX_VALUE);
      assertThat(channel.position()).isEqualTo(SIZE);
      Sendfile.send(peer.socket(), channel, SIZE + 100, 1);
      assertThat(channel.position()).as("position + 0 bytes").isEqualTo(SIZE + 100);
    }
  }

  @Test
  @Spec("SF-41")
  void seedsCallMovesTheChannelsPositionAfterAnErrorToo() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.ResetsMidway(100_000));
        FileChannel channel = FileChannel.open(file)) {
      PeerClosedException failure =
          catchThrowableOfType(
              PeerClosedException.class,
              () -> Sendfile.send(peer.socket(), channel, 10, Long.MAX_VALUE));
      assertThat(failure.bytesTransferred()).isGreaterThanOrEqualTo(100_000);
      assertThat(channel.position()).isEqualTo(10 + failure.bytesTransferred());
    }
  }

  @Test
  @Spec("SF-41")
  void seedsCallThatIsRefusedMovesNothing() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(file).position(77)) {
      peer.socket().shutdownOutput();
      assertThatThrownBy(() -> Sendfile.send(peer.socket(), channel, 500, 1))
          .isInstanceOf(IOException.class);
      assertThat(channel.position()).isEqualTo(77);
    }
  }

  @Test
  @Spec("SF-42")
  void otherEntryPointsLeaveThePositionAlone() throws Exception {
    Senders.assumeServesFileChannels(mechanism);
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(file).position(77)) {
      sender.send(FileRegion.of(channel), peer.socket());
      sender.send(FileRegion.of(channel, 5, 100_000), peer.socket(), count -> {});
      sender.send(Payload.of(FileRegion.of(channel), Pattern.buffer(0, 5)), peer.socket());
      sender.sendAsync(FileRegion.of(channel, 9, 50_000), peer.socket()).get();
      assertThat(peer.finish().count()).isEqualTo(2 * SIZE + 150_005);
      assertThat(channel.position()).isEqualTo(77);
    }
  }

  @Test
  @Spec("SF-42")
  void oneOpenFileServesManySendersAtOnce() throws Exception {
    Senders.assumeServesFileChannels(mechanism);
    int senders = 20;
    try (FileChannel channel = FileChannel.open(file)) {
      List<Future<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        long position = i * 1_000L;
        all.add(
            ThreadKind.VIRTUAL.start(() -> received(FileRegion.of(channel, position, 300_000))));
      }
      for (int i = 0; i < senders; i++) {
        assertThat(ThreadKind.get(all.get(i))).isEqualTo(Pattern.bytes(i * 1_000L, 300_000));
      }
      assertThat(channel.position()).isZero();
    }
  }

  @Test
  @Spec({"SF-43", "SF-57"})
  void failureCarriesCountMechanismAndCause() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.ClosesEarly(200_000))) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class, () -> sender.send(FileRegion.of(file), peer.socket()));
      assertThat(failure).isInstanceOf(PeerClosedException.class);
      assertThat(failure).hasMessageContaining(Long.toString(failure.bytesTransferred()));
      assertThat(failure.bytesTransferred()).isBetween(200_000L, SIZE - 1L);
      assertThat(failure.mechanism()).isEqualTo(mechanism);
      assertThat(failure.getCause()).isInstanceOf(IOException.class);
    }
  }

  @Test
  @Spec("SF-44")
  void channelsHandedInStayOpen() throws IOException {
    Senders.assumeServesFileChannels(mechanism);
    try (Peer<SocketChannel> fast = Peer.tcp(new PeerBehavior.Fast());
        Peer<SocketChannel> vanishing = Peer.tcp(new PeerBehavior.ResetsMidway(100_000));
        FileChannel channel = FileChannel.open(file)) {
      sender.send(FileRegion.of(channel), fast.socket());
      assertThatThrownBy(() -> sender.send(FileRegion.of(channel), vanishing.socket()))
          .isInstanceOf(PeerClosedException.class);
      assertThat(channel.isOpen()).isTrue();
      assertThat(fast.socket().isOpen()).isTrue();
      assertThat(vanishing.socket().isOpen()).isTrue();
    }
  }

  @Test
  @Spec("SF-44")
  void pathIsClosedWhateverHappens() throws Exception {
    FileSender limited = sender.toBuilder().stallTimeout(Duration.ofMillis(100)).build();
    try (Peer<SocketChannel> fast = Peer.tcp(new PeerBehavior.Fast());
        Peer<SocketChannel> vanishing = Peer.tcp(new PeerBehavior.ResetsMidway(100_000));
        Peer<SocketChannel> stalled = Peer.tcp(new PeerBehavior.Stalled(100_000))) {
      FileRegion region = FileRegion.of(file);
      limited.send(region, fast.socket());
      assertClosed("after success");
      assertThatThrownBy(() -> limited.send(region, vanishing.socket()))
          .isInstanceOf(PeerClosedException.class);
      assertClosed("after the peer went away");
      assertThatThrownBy(() -> ThreadKind.VIRTUAL.run(() -> limited.send(region, stalled.socket())))
          .isInstanceOf(PeerStalledException.class);
      assertClosed("after a stall");
      Payload missingOne = Payload.of(region, FileRegion.of(OddFiles.in(directory).missing()));
      assertThatThrownBy(() -> limited.send(missingOne, fast.socket()))
          .isInstanceOf(IOException.class);
      assertClosed("after a refusal");
    }
  }

  @Test
  @Spec({"SF-44", "SF-73"})
  void pathIsClosedWhenAPendingTransferCompletes() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      PendingTransfer pending = sender.sendAsync(FileRegion.of(file), peer.socket());
      var openAtCompletion = pending.thenApply(transfer -> Descriptors.openOn(file));
      peer.release();
      assertThat(ThreadKind.get(openAtCompletion)).as("descriptors on the file").isZero();
    }
  }

  @Test
  @Spec("SF-44")
  void pathIsClosedByAStepThatIsGivenUp() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      peer.socket().configureBlocking(false);
      try (TransferStep step = sender.begin(FileRegion.of(file), peer.socket())) {
        assertThat(step.advance()).isInstanceOf(TransferStep.Moved.class);
        assertThat(Descriptors.openOn(file)).isEqualTo(Senders.descriptorsOfAPath());
      }
      assertClosed("after close");
      assertThat(peer.socket().isOpen()).isTrue();
    }
  }

  private void assertClosed(String when) {
    assertThat(Descriptors.openOn(file)).as("descriptors on the file " + when).isZero();
  }

  private byte[] received(FileRegion region) throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      sender.send(region, peer.socket());
      return peer.finish().content();
    }
  }
}
