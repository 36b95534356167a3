package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Descriptors;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The form for selector loops.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class TransferStepTest {
  private static final int SIZE = 3_000_017;
  private static final long QUIET_NANOS = Duration.ofMillis(100).toNanos();

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  private static Peer<SocketChannel> nonBlocking(PeerBehavior behavior) throws IOException {
    Peer<SocketChannel> peer = Peer.tcp(behavior);
    peer.socket().configureBlocking(false);
    return peer;
  }

  /// A selector loop as a program would write it, that counts how often it is woken.
  private static Transfer drive(TransferStep step, SocketChannel channel, AtomicLong turns)
      throws IOException {
    try (Selector selector = Selector.open()) {
      SelectionKey key = channel.register(selector, 0);
      while (true) {
        turns.incrementAndGet();
        switch (step.advance()) {
          case TransferStep.Moved(long count) -> assertThat(count).isPositive();
          case TransferStep.WouldBlock _ -> {
            key.interestOps(SelectionKey.OP_WRITE);
            selector.select(1000);
          }
          case TransferStep.WaitUntil _ -> throw new AssertionError("no rate limit was set");
          case TransferStep.Done(Transfer transfer) -> {
            assertThat(step.advance()).isEqualTo(new TransferStep.Done(transfer));
            return transfer;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CHANNEL_TRANSFER", "BUFFERED_COPY"})
  @Spec("SF-72")
  void aSelectorLoopSendsHeadFileAndTailWithoutSpinning(Mechanism mechanism) throws Exception {
    FileSender sender = FileSender.builder().mechanisms(mechanism, Mechanism.BUFFERED_COPY).build();
    try (Peer<SocketChannel> peer =
        nonBlocking(new PeerBehavior.Slow(64 << 10, Duration.ofMillis(1)))) {
      Payload payload =
          Payload.of(
              Pattern.buffer(0, 100).duplicate(),
              FileRegion.of(file, 100, SIZE - 200),
              Pattern.buffer(SIZE - 100, 100));
      AtomicLong turns = new AtomicLong();
      try (TransferStep step = sender.begin(payload, peer.socket())) {
        Transfer done = drive(step, peer.socket(), turns);
        assertThat(done.bytesSent()).isEqualTo(SIZE - 200).isEqualTo(step.bytesTransferred());
        assertThat(done.totalBytes()).isEqualTo(SIZE);
        assertThat(done.mechanism()).isEqualTo(mechanism);
        assertThat(done.waits()).isPositive();
      }
      assertThat(turns.get()).isLessThan(2000);
      assertThat(peer.finish().count()).isEqualTo(SIZE);
      assertThat(peer.reception().last()).isEqualTo(Pattern.bytes(SIZE - 16, 16));
    }
  }

  @Test
  @Spec({"SF-72", "SF-7"})
  void aBlockingChannelIsRefused() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      assertThatThrownBy(() -> FileSender.defaults().begin(FileRegion.of(file), peer.socket()))
          .isInstanceOf(IllegalBlockingModeException.class);
      assertThat(Descriptors.openOn(file)).isZero();
    }
  }

  @Test
  @Spec("SF-72")
  void aSourceWhoseReadsMayWaitIsRefused() throws Exception {
    try (Peer<SocketChannel> peer = nonBlocking(new PeerBehavior.Fast())) {
      FileRegion stream = FileRegion.of(new ByteArrayInputStream(new byte[10]));
      assertThatThrownBy(() -> FileSender.defaults().begin(stream, peer.socket()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("may wait");
    }
  }

  @Test
  @Spec({"SF-72", "SF-53", "SF-54"})
  void limitsAreLookedAtInAdvanceOnTheSendersClock() throws Exception {
    AtomicLong clock = new AtomicLong();
    FileSender sender =
        FileSender.builder().clock(clock::get).stallTimeout(Duration.ofSeconds(30)).build();
    try (Peer<SocketChannel> peer = nonBlocking(new PeerBehavior.Stalled(0));
        TransferStep step = sender.begin(FileRegion.of(file), peer.socket())) {
      assertThat(step.deadline()).isPresent();
      do {
        advanceUntilTheKernelTakesNoMore(step);
        clock.addAndGet(Duration.ofSeconds(29).toNanos());
      } while (step.advance() instanceof TransferStep.Moved);
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThatThrownBy(step::advance)
          .isInstanceOfSatisfying(
              PeerStalledException.class,
              e -> assertThat(e.bytesTransferred()).isEqualTo(step.bytesTransferred()));
      assertThat(peer.socket().isOpen()).isFalse();
      assertThatThrownBy(step::advance).isInstanceOf(IllegalStateException.class);
    }
  }

  /// It goes on passing bytes to the peer's buffer behind its first refusal, and then takes more.
  private static void advanceUntilTheKernelTakesNoMore(TransferStep step) throws Exception {
    long movedAt = System.nanoTime();
    while (System.nanoTime() - movedAt < QUIET_NANOS) {
      if (step.advance() instanceof TransferStep.Moved) {
        movedAt = System.nanoTime();
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  @Spec({"SF-71", "SF-72"})
  void theRateIsKeptOnTheSendersClock() throws Exception {
    AtomicLong clock = new AtomicLong();
    FileSender sender =
        FileSender.builder()
            .clock(clock::get)
            .rateLimit(RateLimit.bytesPerSecond(100_000))
            .rateLimit(RateLimit.bytesPerSecond(1_000_000))
            .build();
    try (Peer<SocketChannel> peer = nonBlocking(new PeerBehavior.Fast());
        TransferStep step = sender.begin(FileRegion.of(file, 0, 500_000), peer.socket())) {
      TransferStep.Result result = step.advance();
      while (!(result instanceof TransferStep.Done)) {
        if (!(result instanceof TransferStep.WouldBlock)) { // the peer's time is not the clock's
          clock.addAndGet(Duration.ofMillis(1).toNanos());
        }
        double second = clock.get() / 1e9;
        assertThat(step.bytesTransferred()).isLessThan((long) (100_000 * second) + 20_000);
        result = step.advance();
      }
      assertThat(clock.get() / 1e9).isBetween(4.8, 5.2);
      assertThat(peer.finish().count()).isEqualTo(500_000);
    }
  }

  @Test
  @Spec({"SF-72", "SF-44"})
  void closingEndsItAndClosesTheFileAndNotTheSocket() throws Exception {
    try (Peer<SocketChannel> peer = nonBlocking(new PeerBehavior.Stalled(0))) {
      TransferStep step = FileSender.defaults().begin(FileRegion.of(file), peer.socket());
      step.advance();
      assertThat(Descriptors.openOn(file)).isEqualTo(Senders.descriptorsOfAPath());
      step.close();
      step.close();
      assertThat(Descriptors.openOn(file)).isZero();
      assertThat(peer.socket().isOpen()).isTrue();
      assertThat(step.bytesTransferred()).isPositive();
      assertThatThrownBy(step::advance).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  @Spec({"SF-72", "SF-25"})
  void anEmptyFileIsDoneAtOnce() throws Exception {
    Path empty = OddFiles.in(directory).ofSize(0);
    try (Peer<SocketChannel> peer = nonBlocking(new PeerBehavior.Fast());
        TransferStep step =
            FileSender.defaults()
                .begin(Payload.of(ByteBuffer.allocate(0), FileRegion.of(empty)), peer.socket())) {
      assertThat(step.advance())
          .isInstanceOfSatisfying(
              TransferStep.Done.class, done -> assertThat(done.transfer().totalBytes()).isZero());
    }
  }
}
