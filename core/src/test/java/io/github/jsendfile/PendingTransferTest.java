package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The asynchronous form.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class PendingTransferTest {
  private static final int SIZE = 8 << 20;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @Test
  @Spec("SF-73")
  void itCompletesWithWhatWasDone() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      PendingTransfer pending = FileSender.defaults().sendAsync(FileRegion.of(file), peer.socket());
      assertThat(pending.thenApply(Transfer::bytesSent).get()).isEqualTo(SIZE);
      assertThat(pending.bytesTransferred()).isEqualTo(SIZE);
      assertThat(peer.socket().isOpen()).isTrue();
      assertThat(peer.finish().count()).isEqualTo(SIZE);
    }
  }

  @Test
  @Spec("SF-73")
  void itFailsWithWhatSendWouldThrow() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      peer.socket().close();
      assertThatThrownBy(FileSender.defaults().sendAsync(FileRegion.of(file), peer.socket())::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ClosedChannelException.class);
    }
  }

  private void completedBySomebody(Consumer<PendingTransfer> hand) throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      PendingTransfer pending =
          FileSender.builder()
              .stallTimeout(Duration.ofMinutes(1))
              .build()
              .sendAsync(FileRegion.of(file), peer.socket());
      Eventually.holds(
          Duration.ofSeconds(5), () -> pending.bytesTransferred() > 0, pending::toString);
      hand.accept(pending);
      Eventually.holds(
          Duration.ofSeconds(5), () -> !peer.socket().isOpen(), peer.socket()::toString);
      Eventually.holds(
          Duration.ofSeconds(5), () -> Watchdog.size() == 0, () -> Watchdog.size() + " watched");
      assertThat(peer.awaitEnd().ending()).isEqualTo(Reception.Ending.RESET);
      assertThat(peer.reception().count()).isLessThanOrEqualTo(pending.bytesTransferred());
    }
  }

  @Test
  @Spec({"SF-73", "SF-55a"})
  void cancellingStopsItByClosingTheSocketAndLeavesNothingRegistered() throws Exception {
    completedBySomebody(
        pending -> {
          assertThat(pending.cancel(true)).isTrue();
          assertThatThrownBy(pending::get).isInstanceOf(CancellationException.class);
        });
  }

  @Test
  @Spec("SF-73")
  void aTimeOutOfTheFutureStopsIt() throws Exception {
    completedBySomebody(
        pending ->
            assertThatThrownBy(pending.orTimeout(10, TimeUnit.MILLISECONDS)::get)
                .hasCauseInstanceOf(TimeoutException.class));
  }

  @Test
  @Spec("SF-73")
  void completingItByHandStopsIt() throws Exception {
    Transfer made = new Transfer(1, 1, Mechanism.NATIVE, false, Duration.ZERO, 0, Duration.ZERO);
    completedBySomebody(pending -> assertThat(pending.complete(made)).isTrue());
  }

  @Test
  @Spec({"SF-73", "SF-53"})
  void itsLimitsAreThoseOfTheSender() throws Exception {
    FileSender sender = FileSender.builder().stallTimeout(Duration.ofMillis(100)).build();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      assertThatThrownBy(sender.sendAsync(FileRegion.of(file), peer.socket())::get)
          .hasCauseInstanceOf(PeerStalledException.class);
    }
  }
}
