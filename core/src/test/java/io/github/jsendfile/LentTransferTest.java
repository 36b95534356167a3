package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.Kernel;
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
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A thread whose peer keeps up, and the one that a virtual thread borrows. That limits, stops and
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
    try (Peer<SocketChannel> peer = stalled()) {
      Queue<Thread> waiting = whoWaitsFor(peer);
      assertArrived(start(ThreadKind.VIRTUAL, peer), peer);
      assertThat(waiting).isNotEmpty().noneMatch(Thread::isVirtual);
    }
  }

  /// Collects the threads that wait inside a call; the first releases the peer.
  private Queue<Thread> whoWaitsFor(Peer<SocketChannel> peer) {
    Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    stub.on(
        "limitWaits",
        (_, real) -> {
          waiting.add(Thread.currentThread());
          return released(peer, real);
        });
    return waiting;
  }

  @Test
  @Spec("SF-52c")
  void aPeerThatDoesNotKeepUpIsWaitedForByTheVirtualThread() throws Exception {
    try (Peer<SocketChannel> peer = stalled()) {
      stub.on("setBlocking", (nth, real) -> nth == 2 ? released(peer, real) : real.call());
      Running<Transfer> call = start(ThreadKind.VIRTUAL, peer);
      assertArrived(call, peer);
      assertThat(call.await().waits()).isPositive();
    }
    assertThat(stub.calls("limitWaits")).as("not lent again").isEqualTo(1);
  }

  private static long released(Peer<SocketChannel> peer, StubKernel.Real real) {
    long answer = real.call();
    peer.release();
    return answer;
  }

  @Test
  @Spec("SF-52c")
  void whoTakesAllButSlowlyIsNotLentToAgain() throws Exception {
    file = OddFiles.in(file.getParent()).ofSize(3 * SIZE);
    try (Peer<SocketChannel> peer = stalled()) {
      stub.on("limitWaits", (_, real) -> released(peer, real))
          .on("sendfile", (nth, real) -> nth == 2 ? slowly(real) : real.call());
      Transfer done = start(ThreadKind.VIRTUAL, peer).await();
      assertThat(done.bytesSent()).isEqualTo(3 * SIZE).isEqualTo(peer.finish().count());
    }
    assertThat(stub.calls("limitWaits")).isEqualTo(1);
  }

  private static long slowly(StubKernel.Real real) {
    long answer = real.call();
    LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
    return answer;
  }

  @Test
  @Spec({"SF-50", "SF-52c"})
  void whoReadsMeanwhileHoldsNoCarrier() throws Exception {
    CountDownLatch lent = new CountDownLatch(1);
    CountDownLatch parked = new CountDownLatch(1);
    stub.on(
        "sendfile",
        (nth, real) -> {
          if (nth == 2) {
            lent.countDown();
            await(parked);
          }
          return real.call();
        });
    try (Peer<SocketChannel> peer = stalled()) {
      Running<Transfer> call = start(ThreadKind.VIRTUAL, peer);
      assertThat(await(lent)).isTrue();
      Running<Integer> reader =
          Running.on(ThreadKind.VIRTUAL, () -> peer.socket().read(ByteBuffer.allocate(1)));
      reader.awaitParked();
      parked.countDown();
      peer.release();
      assertArrived(call, peer);
      peer.socket().shutdownInput();
      assertThat(reader.await()).isEqualTo(-1);
    }
  }

  @Test
  @Spec("SF-52c")
  void theDescriptorDoesNotBlockAfterwards() throws Exception {
    Kernel real = stub.real();
    try (Peer<SocketChannel> peer = stalled()) {
      stub.on("limitWaits", (_, call) -> released(peer, call));
      assertArrived(start(ThreadKind.VIRTUAL, peer), peer);
      try (Descriptors.Duplicate socket = new Descriptors(real).of(peer.socket())) {
        assertThat(real.blocks(socket.number())).isFalse();
      }
    }
    assertThat(stub.calls("setBlocking")).isPositive();
  }

  @Test
  @Spec("SF-52c")
  void aPlatformThreadWaitsItself() throws Exception {
    try (Peer<SocketChannel> peer = stalled()) {
      Queue<Thread> waiting = whoWaitsFor(peer);
      Running<Transfer> call = start(ThreadKind.PLATFORM, peer);
      assertArrived(call, peer);
      assertThat(waiting).isNotEmpty().containsOnly(call.thread());
    }
  }

  @Test
  @Spec("SF-52c")
  void aSelectorLoopBorrowsNone() throws Exception {
    try (Peer<SocketChannel> peer = stalled()) {
      peer.socket().configureBlocking(false);
      assertThat(ThreadKind.VIRTUAL.run(() -> fill(peer)))
          .isInstanceOf(TransferStep.WouldBlock.class);
    }
    assertThat(stub.calls("limitWaits")).isZero();
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
        "limitWaits",
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
          () -> stub.calls("limitWaits") == ALL_THREADS,
          () -> stub.calls("limitWaits") + " are lent");
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
  void anInterruptMeanwhileEndsTheTransferWithTheCall() throws Exception {
    file = OddFiles.in(file.getParent()).ofSize(3 * SIZE);
    CompletableFuture<Running<Transfer>> borrower = new CompletableFuture<>();
    try (Peer<SocketChannel> peer = stalled()) {
      stub.on("limitWaits", (_, real) -> released(peer, real))
          .on(
              "sendfile",
              (nth, real) -> {
                if (nth == 2) {
                  borrower.join().thread().interrupt();
                  borrower.join().awaitCalledBack();
                }
                return real.call();
              });
      Running<Transfer> call = start(ThreadKind.VIRTUAL, peer);
      borrower.complete(call);
      TransferAbortedException e =
          catchThrowableOfType(TransferAbortedException.class, call::await);
      assertThat(peer.awaitEnd().count()).isLessThanOrEqualTo(e.bytesTransferred());
      assertThat(peer.socket().isOpen()).isFalse();
    }
    assertThat(stub.calls("sendfile")).isEqualTo(2);
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
    file = OddFiles.in(file.getParent()).ofSize(3 * SIZE);
    try (Peer<SocketChannel> peer = stalled()) {
      stub.on("limitWaits", (_, real) -> released(peer, real))
          .on(
              "sendfile",
              (nth, real) -> {
                if (nth == 2) {
                  Senders.close(peer.socket());
                }
                return real.call();
              });
      Running<Transfer> call = start(ThreadKind.VIRTUAL, peer);
      TransferAbortedException e =
          catchThrowableOfType(TransferAbortedException.class, call::await);
      assertThat(stub.calls("sendfile")).isEqualTo(2);
      assertThat(peer.awaitEnd().count()).isLessThanOrEqualTo(e.bytesTransferred());
    }
  }

  @Test
  @Spec({"SF-57", "SF-52c"})
  void aPeerThatVanishesMeanwhileIsToldWithTheCount() throws Exception {
    stub.failingFrom("sendfile", 2, EPIPE);
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
    stub.on("sendfile", (nth, real) -> nth < 2 ? real.call() : 0);
    try (Peer<SocketChannel> peer = stalled()) {
      Transfer done = start(ThreadKind.VIRTUAL, peer).await();
      peer.release();
      assertThat(done.endedEarly()).isTrue();
      assertThat(peer.finish().count()).isEqualTo(done.bytesSent());
    }
  }
}
