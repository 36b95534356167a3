package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.StressedConnection.Fate;
import io.github.jsendfile.linux.Finding;
import io.github.jsendfile.linux.Kernel;
import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.linux.StubKernel;
import io.github.jsendfile.mechanism.BufferedCopy;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.SocketStats;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Sockets and files opened and closed at full speed around native transfers that are sent to
/// their end, closed, cancelled, stalled and reset: every connection has a byte of its own, and no
/// other ever arrives there.
@ParameterizedClass
@EnumSource(Finding.class)
@ExtendWith(LeakCheck.class)
@Timeout(60)
class DescriptorStressTest {
  private static final Duration DURATION = Duration.ofMillis(2500);

  /// A machine that has much else to do is given longer, to get as far as this.
  private static final int CONNECTIONS = 60;

  private static final int SENT_NATIVELY = 12;

  /// More than ever live at once, so that no two connections at a time have the same byte.
  private static final int FILES = 64;

  /// Most are closed, a few are stalled, which takes its time.
  private static final List<Fate> FATES =
      List.of(
          Fate.CLOSED,
          Fate.COMPLETED,
          Fate.CLOSED,
          Fate.CANCELLED,
          Fate.CLOSED,
          Fate.RESET,
          Fate.CLOSED,
          Fate.CANCELLED,
          Fate.CLOSED,
          Fate.COMPLETED,
          Fate.CLOSED,
          Fate.STALLED);

  private static final long PAUSE_NANOS = 20_000;
  private static final int WORKERS = 4;
  private static final int CHURNERS = 2;
  private static final int SIZE = 2 << 20;
  private static final byte CHURN = (byte) 0xEE;

  /// That it ends at all: how promptly is asked where nothing else runs, in [Prompt].
  private static final Duration PROMPT = Duration.ofSeconds(5);

  @TempDir private Path directory;
  @Parameter private Finding finding;
  private final AtomicInteger nextId = new AtomicInteger();
  private final AtomicInteger sentNatively = new AtomicInteger();
  private final List<Path> files = new ArrayList<>();
  private Ladder ladder;
  private volatile long end;
  private volatile boolean over;

  @BeforeEach
  void makeFiles() throws IOException {
    Assumptions.assumeTrue(finding.isPossible(), "not to be had in this run: " + finding);
    ladder =
        Ladder.ofRungs(
            new Ladder.Rung(Mechanism.NATIVE, finding.attempt(unhurriedKernel())),
            new Ladder.Rung(Mechanism.BUFFERED_COPY, new BufferedCopy()));
    for (int id = 0; id < FILES; id++) {
      byte[] content = new byte[SIZE];
      Arrays.fill(content, (byte) id);
      files.add(Files.write(directory.resolve("file" + id), content));
    }
  }

  /// One that lets much happen around the calls that a number is used in.
  private static Kernel unhurriedKernel() {
    StubKernel.Answers unhurried =
        (nth, real) -> {
          if (nth % 3 == 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
          }
          return real.call();
        };
    return new StubKernel(NativeAccess.here().kernel())
        .on("duplicate", unhurried)
        .on("sendfile", unhurried)
        .on("close", unhurried)
        .kernel();
  }

  @Test
  @Spec({"SF-44", "SF-53b", "SF-56"})
  void noByteReachesAnotherConnection() throws Exception {
    long orphans = SocketStats.now().orphans();
    end = System.nanoTime() + DURATION.toNanos();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Void>> work = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        work.add(threads.submit(repeating(this::transfer)));
      }
      for (int i = 0; i < CHURNERS; i++) {
        work.add(threads.submit(repeating(this::churn)));
      }
      for (Future<Void> done : work) {
        done.get();
      }
    }
    assertThat(nextId).as("connections").hasValueGreaterThanOrEqualTo(CONNECTIONS);
    assertThat(sentNatively)
        .as("sent to the end natively")
        .hasValueGreaterThanOrEqualTo(SENT_NATIVELY);
    Eventually.holds(
        PROMPT, () -> SocketStats.now().orphans() <= orphans, () -> "" + SocketStats.now());
  }

  private interface Work {
    void once(ServerSocketChannel listener) throws Exception;
  }

  private Callable<Void> repeating(Work work) {
    return () -> {
      try (ServerSocketChannel listener = ServerSocketChannel.open()) {
        listener.setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        while (!isEnough()) {
          work.once(listener);
        }
      } finally {
        over = true; // who fails, ends it for all
      }
      return null;
    };
  }

  private boolean isEnough() {
    return over
        || (System.nanoTime() > end
            && nextId.get() >= CONNECTIONS
            && sentNatively.get() >= SENT_NATIVELY);
  }

  /// Takes numbers that are free for a moment.
  private void churn(ServerSocketChannel listener) throws IOException {
    try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
        SocketChannel accepted = listener.accept();
        FileChannel _ = FileChannel.open(files.getFirst())) {
      client.write(ByteBuffer.wrap(new byte[] {CHURN}));
      client.shutdownOutput();
      ByteBuffer got = ByteBuffer.allocate(1 << 16);
      while (got.hasRemaining() && accepted.read(got) >= 0) {}
      assertThat(Arrays.copyOf(got.array(), got.position())).containsExactly(CHURN);
    }
  }

  /// Every other round of fates is over sockets that are no channels; those cannot be cancelled.
  private static boolean isPlain(int id, Fate fate) {
    return id / FATES.size() % 2 == 1 && fate != Fate.CANCELLED;
  }

  private void transfer(ServerSocketChannel listener) throws Exception {
    int id = nextId.getAndIncrement();
    Fate fate = FATES.get(id % FATES.size());
    Path file = files.get(id % FILES);
    boolean shown = NativeAccess.descriptorsAreShown() && id % 3 == 0;
    try (StressedConnection connection =
            new StressedConnection(listener, (byte) (id % FILES), fate, isPlain(id, fate));
        FileChannel channel = FileChannel.open(file)) {
      FileRegion region = shown ? FileRegion.of(channel) : FileRegion.of(file);
      ThreadKind thread = id / 2 % 2 == 0 ? ThreadKind.PLATFORM : ThreadKind.VIRTUAL;
      if (connection.run(ladder, region, SIZE, thread, () -> churn(listener))) {
        sentNatively.incrementAndGet();
      }
    }
  }
}
