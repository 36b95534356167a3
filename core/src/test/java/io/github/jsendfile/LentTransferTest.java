package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.linux.StubKernel;
import io.github.jsendfile.mechanism.BufferedCopy;
import io.github.jsendfile.mechanism.LentTransfer;
import io.github.jsendfile.mechanism.NativeTransfer;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A virtual thread whose peer keeps up, and the platform thread it borrows. That limits, stops and
/// counts hold is in what runs on both kinds of thread.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class LentTransferTest {
  private static final int SIZE = 1 << 20;
  private static final int ALL_THREADS = 64;
  private static final int EPIPE = 32;

  @TempDir private Path directory;
  private Path file;
  private StubKernel stub;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(NativeAccess.here().kernel() != null, "SKIPPED: this test needs native access");
    file = OddFiles.in(directory).ofSize(SIZE);
    stub = new StubKernel(NativeAccess.here().kernel());
  }

  private FileSender sender() {
    return FileSender.builder()
        .build(
            Ladder.ofRungs(
                new Ladder.Rung(Mechanism.NATIVE, new LentTransfer(stub.kernel())),
                new Ladder.Rung(Mechanism.NATIVE, new NativeTransfer(stub.kernel())),
                new Ladder.Rung(Mechanism.BUFFERED_COPY, new BufferedCopy())));
  }

  private Running<Transfer> start(ThreadKind kind, Peer<SocketChannel> peer) {
    return Running.on(kind, () -> sender().send(FileRegion.of(file), peer.socket()));
  }

  private static void assertArrived(Running<Transfer> call, Peer<SocketChannel> peer)
      throws Exception {
    assertThat(call.await().mechanism()).isEqualTo(Mechanism.NATIVE);
    assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
  }

  /// Its socket is full for sure until it is released.
  private static Peer<SocketChannel> stalled() throws IOException {
    return Peer.tcp(new PeerBehavior.Stalled(0));
  }

  @Test
  @Spec({"SF-50", "SF-52c"})
  void aPlatformThreadGoesOnWhereTheSocketIsFull() throws Exception {
    Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    try (Peer<SocketChannel> peer = stalled()) {
      stub.on(
          "awaitRoom",
          (_, real) -> {
            waiting.add(Thread.currentThread());
            peer.release();
            return real.call();
          });
      assertArrived(start(ThreadKind.VIRTUAL, peer), peer);
    }
    assertThat(waiting).isNotEmpty().noneMatch(Thread::isVirtual);
  }

  @Test
  @Spec("SF-52c")
  void aPeerThatDoesNotKeepUpIsWaitedForByTheVirtualThread() throws Exception {
    try (Peer<SocketChannel> peer = stalled()) {
      stub.on(
          "awaitRoom",
          (_, _) -> {
            peer.release();
            return 0;
          });
      Running<Transfer> call = start(ThreadKind.VIRTUAL, peer);
      assertArrived(call, peer);
      assertThat(call.await().waits()).isPositive();
    }
    assertThat(stub.calls("awaitRoom")).as("not lent again").isEqualTo(1);
  }

  @Test
  @Spec("SF-52c")
  void aPlatformThreadBorrowsNone() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      assertArrived(start(ThreadKind.PLATFORM, peer), peer);
    }
    assertThat(stub.calls("awaitRoom")).isZero();
  }

  @Test
  @Spec("SF-52c")
  void aSelectorLoopBorrowsNone() throws Exception {
    try (Peer<SocketChannel> peer = stalled()) {
      peer.socket().configureBlocking(false);
      assertThat(ThreadKind.VIRTUAL.run(() -> fill(peer)))
          .isInstanceOf(TransferStep.WouldBlock.class);
    }
    assertThat(stub.calls("awaitRoom")).isZero();
  }

  private TransferStep.Result fill(Peer<SocketChannel> peer) throws IOException {
    try (TransferStep step = sender().begin(FileRegion.of(file), peer.socket())) {
      TransferStep.Result result = step.advance();
      while (result instanceof TransferStep.Moved) {
        result = step.advance();
      }
      return result;
    }
  }

  @Test
  @Spec({"SF-50", "SF-52c"})
  void whereAllAreLentNobodyWaitsForOne() throws Exception {
    Semaphore gate = new Semaphore(0);
    stub.on(
        "awaitRoom",
        (_, real) -> {
          gate.acquireUninterruptibly();
          return real.call();
        });
    List<Peer<SocketChannel>> peers = new ArrayList<>();
    List<Running<Transfer>> calls = new ArrayList<>();
    try (Peer<SocketChannel> late = Peer.tcp(new PeerBehavior.Fast())) {
      for (int i = 0; i < ALL_THREADS; i++) {
        peers.add(stalled());
        calls.add(start(ThreadKind.VIRTUAL, peers.get(i)));
      }
      Eventually.holds(
          Duration.ofSeconds(10),
          () -> stub.calls("awaitRoom") == ALL_THREADS,
          () -> stub.calls("awaitRoom") + " are lent");
      assertArrived(start(ThreadKind.VIRTUAL, late), late);
      gate.release(Integer.MAX_VALUE);
      for (int i = 0; i < ALL_THREADS; i++) {
        peers.get(i).release();
        assertArrived(calls.get(i), peers.get(i));
      }
    } finally {
      gate.release(Integer.MAX_VALUE - gate.availablePermits());
      for (Peer<SocketChannel> peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  @Spec({"SF-55", "SF-52c"})
  void anInterruptMeanwhileEndsTheTransferWhenTheThreadComesBack() throws Exception {
    CountDownLatch lent = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    stub.on(
        "awaitRoom",
        (_, real) -> {
          lent.countDown();
          return await(interrupted) ? real.call() : 0;
        });
    try (Peer<SocketChannel> peer = stalled()) {
      Running<Transfer> call = start(ThreadKind.VIRTUAL, peer);
      lent.await();
      call.thread().interrupt();
      interrupted.countDown();
      TransferAbortedException e =
          catchThrowableOfType(TransferAbortedException.class, call::await);
      peer.release();
      assertThat(peer.awaitEnd().count()).isLessThanOrEqualTo(e.bytesTransferred());
      assertThat(peer.socket().isOpen()).isFalse();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("the lent thread was interrupted", e);
    }
  }

  @Test
  @Spec({"SF-56", "SF-52c"})
  void whatIsClosedMeanwhileIsNotSentToAnyMore() throws Exception {
    try (Peer<SocketChannel> peer = stalled()) {
      stub.on(
          "awaitRoom",
          (_, _) -> {
            Senders.close(peer.socket());
            return 1;
          });
      Running<Transfer> call = start(ThreadKind.VIRTUAL, peer);
      TransferAbortedException e =
          catchThrowableOfType(TransferAbortedException.class, call::await);
      assertThat(stub.calls("sendfile")).isEqualTo(1);
      peer.release();
      assertThat(peer.awaitEnd().count()).isLessThanOrEqualTo(e.bytesTransferred());
    }
  }

  @Test
  @Spec({"SF-57", "SF-52c"})
  void aPeerThatVanishesMeanwhileIsToldWithTheCount() throws Exception {
    stub.failingFrom("sendfile", 2, EPIPE).on("awaitRoom", (_, _) -> 1);
    try (Peer<SocketChannel> peer = stalled()) {
      PeerClosedException e =
          catchThrowableOfType(PeerClosedException.class, start(ThreadKind.VIRTUAL, peer)::await);
      peer.socket().close();
      peer.release();
      assertThat(e.bytesTransferred()).isPositive().isEqualTo(peer.finish().count());
    }
  }

  @Test
  @Spec({"SF-28", "SF-52c"})
  void aFileThatEndsMeanwhileEndsTheTransfer() throws Exception {
    stub.on("sendfile", (nth, real) -> nth < 2 ? real.call() : 0).on("awaitRoom", (_, _) -> 1);
    try (Peer<SocketChannel> peer = stalled()) {
      Transfer done = start(ThreadKind.VIRTUAL, peer).await();
      peer.release();
      assertThat(done.endedEarly()).isTrue();
      assertThat(peer.finish().count()).isEqualTo(done.bytesSent());
    }
  }
}
