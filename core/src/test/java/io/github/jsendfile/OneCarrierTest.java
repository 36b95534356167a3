package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What happens while the only carrier of all virtual threads is held by somebody else.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class OneCarrierTest {
  private static final int SIZE = 8 << 20;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    assumeTrue(
        "1".equals(System.getProperty("jdk.virtualThreadScheduler.parallelism")),
        "SKIPPED: this test needs a JVM with one carrier");
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  /// Holds the carrier until it is closed.
  private static final class Held implements AutoCloseable {
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean released;
    private final Thread holder = Thread.startVirtualThread(this::hold);

    static Held now() throws InterruptedException {
      Held held = new Held();
      held.begun.await();
      return held;
    }

    private void hold() {
      begun.countDown();
      while (!released) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      released = true;
      Eventually.holds(Duration.ofSeconds(5), () -> !holder.isAlive(), () -> "it runs on");
    }
  }

  /// The sender's thread waits in a write when its peer takes all there is; before it gets to run
  /// again, it is stopped. What the JDK then writes once more must not arrive.
  @Test
  @Spec({"SF-53b", "SF-55a", "SF-56"})
  void nothingIsDeliveredAfterAStopThoughTheWaitingThreadRunsLater() throws Exception {
    assumeTrue(
        Mechanism.NATIVE.availability().available(), "SKIPPED: this needs the kernel's own reset");
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      PendingTransfer pending = FileSender.defaults().sendAsync(FileRegion.of(file), peer.socket());
      awaitStill(pending);
      long sent = pending.bytesTransferred();
      try (Held _ = Held.now()) {
        peer.release();
        peer.awaitCount(sent);
        pending.cancel(false);
        assertThat(peer.awaitEnd().ending()).isEqualTo(Reception.Ending.RESET);
      }
      assertThat(peer.reception().count()).isEqualTo(sent);
    }
  }

  /// A plain socket cannot be cancelled; its stall limit is the watchdog's, which needs no carrier.
  @Test
  @Spec({"SF-53", "SF-53b", "SF-56a"})
  void aPlainSocketsPeerSeesTheResetThoughTheWaitingThreadRunsLater() throws Exception {
    assumeTrue(
        Mechanism.NATIVE.availability().available(), "SKIPPED: this needs the kernel's own reset");
    FileSender sender = FileSender.builder().stallTimeout(Duration.ofMillis(400)).build();
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Stalled(0))) {
      Running<Transfer> call =
          Running.on(ThreadKind.VIRTUAL, () -> sender.send(FileRegion.of(file), peer.socket()));
      call.awaitWaitingForPeer();
      try (Held _ = Held.now()) {
        Eventually.holds(
            Duration.ofSeconds(5), () -> peer.socket().isClosed(), () -> "it is not stopped");
        peer.release();
        assertThat(peer.awaitEnd().ending()).isEqualTo(Reception.Ending.RESET);
        assertThat(call.thread().isAlive()).as("the waiting thread").isTrue();
      }
      PeerStalledException e = catchThrowableOfType(PeerStalledException.class, call::await);
      assertThat(e.bytesTransferred()).isGreaterThanOrEqualTo(peer.reception().count());
    }
  }

  private static void awaitStill(PendingTransfer pending) {
    long[] seen = {0, System.nanoTime()};
    Eventually.holds(
        Duration.ofSeconds(5),
        () -> {
          long count = pending.bytesTransferred();
          if (count == 0 || count != seen[0]) {
            seen[0] = count;
            seen[1] = System.nanoTime();
          }
          return System.nanoTime() - seen[1] > Duration.ofMillis(100).toNanos();
        },
        () -> "it goes on");
  }

  @Test
  @Spec({"SF-50", "SF-55"})
  void anInterruptWhileTheDescriptorIsMadeNonBlockingEndsIt() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0));
        FileChannel shared = FileChannel.open(file);
        Held _ = Held.now()) {
      Mechanism mechanism = Senders.mechanisms().getFirst();
      FileRegion region = // one that is never waited for inside a call
          mechanism == Mechanism.NATIVE ? FileRegion.of(file) : FileRegion.of(shared);
      Running<Transfer> call =
          Running.on(
              ThreadKind.PLATFORM, () -> Senders.only(mechanism).send(region, peer.socket()));
      Eventually.holds(
          Duration.ofSeconds(5), () -> isInJoin(call.thread()), () -> "it does not wait");
      call.thread().interrupt();
      TransferAbortedException e =
          catchThrowableOfType(TransferAbortedException.class, call::await);
      assertThat(e).hasCauseInstanceOf(ClosedByInterruptException.class);
      assertThat(e.bytesTransferred()).isZero();
    }
  }

  /// It leaves the slow peer's socket as it is, since nothing can be told to be done with it.
  @Test
  @Spec({"SF-50", "SF-52b"})
  void aPlatformThreadThatWaitsInsideTheCallNeedsNoCarrier() throws Exception {
    FileRegion region = FileRegion.of(file, 0, 600_000);
    try (Peer<SocketChannel> peer =
            Peer.at(
                ConnectedPair.tcp(new ConnectedPair.Buffers(16 << 10, 16 << 10)),
                new PeerBehavior.Slow(64 << 10, Duration.ofMillis(60)));
        Held _ = Held.now()) {
      Transfer done =
          ThreadKind.PLATFORM.run(() -> FileSender.defaults().send(region, peer.socket()));
      assertThat(done.mechanism()).isEqualTo(Senders.ofLargePaths(ThreadKind.PLATFORM));
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, 600_000));
    }
  }

  private static boolean isInJoin(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().endsWith("NonBlockingDescriptor"));
  }
}
