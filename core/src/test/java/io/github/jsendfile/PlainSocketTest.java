package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.linux.Finding;
import io.github.jsendfile.linux.StubKernel;
import io.github.jsendfile.mechanism.BufferedCopy;
import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A plain socket gets the kernel's own call too, on either kind of thread, with the descriptor
/// found either way, and never a call that could wait.
@ParameterizedClass(name = "{0} thread, {1}")
@MethodSource("ways")
@ExtendWith(LeakCheck.class)
@Timeout(60)
@Spec("SF-50")
class PlainSocketTest {
  private static final int SIZE = 1 << 20;
  private static final int STOPS_AFTER = 100_000;

  @TempDir private Path directory;

  @Parameter(0)
  private ThreadKind threads;

  @Parameter(1)
  private Finding finding;

  private final BlockingWatch watch = new BlockingWatch();
  private StubKernel stub;
  private Path file;

  static Stream<Arguments> ways() {
    return Arrays.stream(ThreadKind.values())
        .flatMap(kind -> Arrays.stream(Finding.values()).map(found -> Arguments.of(kind, found)));
  }

  @BeforeEach
  void makeFile() throws IOException {
    Assumptions.assumeTrue(finding.isPossible(), "not to be had in this run: " + finding);
    file = OddFiles.in(directory).ofSize(SIZE);
    stub = new StubKernel(watch.kernel());
  }

  private FileSender.Builder builder() {
    return FileSender.builder();
  }

  /// The native mechanism and nothing else.
  private FileSender strict(FileSender.Builder builder) {
    return builder.build(
        Ladder.ofRungs(new Ladder.Rung(Mechanism.NATIVE, finding.attempt(stub.kernel()))));
  }

  private FileSender copying(FileSender.Builder builder) {
    return builder.build(
        Ladder.ofRungs(
            new Ladder.Rung(Mechanism.NATIVE, finding.attempt(stub.kernel())),
            new Ladder.Rung(Mechanism.BUFFERED_COPY, new BufferedCopy())));
  }

  private Transfer send(FileSender sender, Socket socket) throws Exception {
    return threads.run(() -> sender.send(FileRegion.of(file), socket));
  }

  static List<PeerBehavior> patient() {
    return PeerBehavior.all().stream()
        .filter(PeerBehavior::takesEverything)
        .filter(behavior -> !(behavior instanceof PeerBehavior.OneByteAtATime))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("patient")
  void allArrivesByTheKernelsCallWhichNeverCouldWait(PeerBehavior behavior) throws Exception {
    try (Peer<Socket> peer = Peer.plainSocket(behavior)) {
      Transfer done = send(strict(builder()), peer.socket());
      assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
      assertComplete(peer);
      assertThat(peer.socket().isClosed()).isFalse();
      assertThat(stub.calls("sendfile")).isPositive();
      assertThat(watch.blocking()).isEmpty();
    }
  }

  /// How a program comes by a socket.
  enum Origin {
    CONNECTED {
      @Override
      Socket open(ServerSocket server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
      }
    },
    CONNECTED_IN_TIME {
      @Override
      Socket open(ServerSocket server) throws IOException {
        Socket socket = new Socket();
        socket.connect(address(server), 5000);
        return socket;
      }
    },
    WITHOUT_A_PROXY {
      @Override
      Socket open(ServerSocket server) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        socket.connect(address(server));
        return socket;
      }
    };

    abstract Socket open(ServerSocket server) throws IOException;

    private static SocketAddress address(ServerSocket server) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void whereverTheSocketComesFrom(Origin origin) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket connected = origin.open(server);
        Socket accepted = server.accept()) {
      for (Socket sending : List.of(connected, accepted)) {
        Socket other = sending.equals(connected) ? accepted : connected;
        CompletableFuture<byte[]> received = readingAll(other);
        Transfer done = send(strict(builder()), sending);
        sending.shutdownOutput();
        assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
        assertThat(received.get()).isEqualTo(Pattern.bytes(0, SIZE));
      }
      assertThat(watch.blocking()).isEmpty();
    }
  }

  private static CompletableFuture<byte[]> readingAll(Socket socket) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                all.complete(socket.getInputStream().readAllBytes());
              } catch (IOException e) {
                all.completeExceptionally(e);
              }
            });
    return all;
  }

  @Test
  @Spec({"SF-30", "SF-33"})
  void headFileTailAndTheProgramsOwnWritesInOrder() throws Exception {
    byte[] before = {1, 2, 3};
    byte[] head = {4, 5};
    byte[] tail = {6};
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      for (int time = 0; time < 2; time++) { // the second finds the descriptor as the first left it
        Payload payload =
            Payload.of(ByteBuffer.wrap(head), FileRegion.of(file), ByteBuffer.wrap(tail));
        threads.run(
            () -> {
              peer.socket().getOutputStream().write(before);
              return copying(builder()).send(payload, peer.socket());
            });
      }
      peer.finish();
      ByteArrayOutputStream once = new ByteArrayOutputStream();
      once.writeBytes(before);
      once.writeBytes(head);
      once.writeBytes(Pattern.bytes(0, SIZE));
      once.writeBytes(tail);
      byte[] wanted = Arrays.copyOf(once.toByteArray(), 2 * once.size());
      System.arraycopy(wanted, 0, wanted, once.size(), once.size());
      assertThat(peer.reception().count()).isEqualTo(wanted.length);
      assertThat(peer.reception().crc()).isEqualTo(crc(wanted));
    }
  }

  private static long crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  @Test
  @Spec({"SF-30", "SF-32", "SF-64"})
  void aStrictHeadWaitsInTheKernelAndHardlyAnythingOfTheFileIsCopied() throws Exception {
    long[] bySendfile = {0};
    stub.on(
        "sendfile",
        (_, real) -> {
          long moved = real.call();
          bySendfile[0] += Math.max(0, moved);
          return moved;
        });
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      for (int from : new int[] {0, 60_300}) { // the second finds a descriptor that does not block
        Payload payload =
            Payload.of(
                Pattern.buffer(from, 200),
                FileRegion.of(file, from + 200, 60_000),
                Pattern.buffer(from + 60_200, 100));
        Transfer done = threads.run(() -> strict(builder()).send(payload, peer.socket()));
        assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
      }
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, 120_600));
    }
    assertThat(stub.calls("sendAhead")).isEqualTo(2);
    assertThat(bySendfile[0]).isBetween(120_000L - 4096, 120_000L);
    assertThat(watch.blocking()).isEmpty();
  }

  @Test
  @Spec({"SF-43", "SF-53", "SF-53b"})
  void aStalledPeerIsLeftAtTheLimitAndCountedRight() throws Exception {
    FileSender sender = strict(builder().stallTimeout(Duration.ofMillis(200)));
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Stalled(STOPS_AFTER))) {
      PeerStalledException e =
          catchThrowableOfType(PeerStalledException.class, () -> send(sender, peer.socket()));
      assertThat(e.mechanism()).isEqualTo(Mechanism.NATIVE);
      assertThat(peer.socket().isClosed()).isTrue();
      Reception reception = peer.awaitEnd();
      assertThat(reception.ending()).isEqualTo(Reception.Ending.RESET);
      assertThat(e.bytesTransferred()).isBetween(reception.count(), (long) SIZE - 1);
    }
  }

  @Test
  @Spec({"SF-43", "SF-56"})
  void closedByAnotherThreadNothingMoreIsDelivered() throws Exception {
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Stalled(STOPS_AFTER))) {
      FileSender sender = strict(builder());
      Running<Transfer> call =
          Running.on(threads, () -> sender.send(FileRegion.of(file), peer.socket()));
      call.awaitWaitingForPeer();
      peer.socket().close();
      TransferAbortedException e =
          catchThrowableOfType(TransferAbortedException.class, call::await);
      assertThat(e).hasCauseInstanceOf(AsynchronousCloseException.class);
      long handedOver = e.bytesTransferred() + 4096; // what waited may have been taken uncounted
      assertThat(peer.awaitEnd().count()).isLessThanOrEqualTo(handedOver);
      assertThat(peer.reception().content())
          .isEqualTo(Pattern.bytes(0, (int) peer.reception().count()));
    }
  }

  static List<PeerBehavior> vanishing() {
    return List.of(
        new PeerBehavior.ResetsMidway(STOPS_AFTER), new PeerBehavior.ClosesEarly(STOPS_AFTER));
  }

  @ParameterizedTest
  @MethodSource("vanishing")
  @Spec({"SF-43", "SF-57"})
  void aPeerThatGoesAwayIsToldFromAFailure(PeerBehavior behavior) throws Exception {
    try (Peer<Socket> peer = Peer.plainSocket(behavior)) {
      PeerClosedException e =
          catchThrowableOfType(
              PeerClosedException.class, () -> send(strict(builder()), peer.socket()));
      assertThat(e.mechanism()).isEqualTo(Mechanism.NATIVE);
      assertThat(e.bytesTransferred()).isBetween(peer.awaitEnd().count(), (long) SIZE - 1);
      assertThat(peer.socket().isClosed()).isFalse();
    }
  }

  @Test
  @Spec({"SF-53", "SF-53a"})
  void aSlowPeerIsSeenToTakeWhatTheKernelHoldsForIt() throws Exception {
    // the kernel calls the socket writable when a third is free, which here takes a second
    PeerBehavior slow = new PeerBehavior.Slow(4 << 10, Duration.ofMillis(10));
    FileSender sender = strict(builder().stallTimeout(Duration.ofMillis(600)));
    FileRegion region = FileRegion.of(file, 0, 1 << 20);
    try (Peer<Socket> peer =
        Peer.at(ConnectedPair.plainSocket(new ConnectedPair.Buffers(512 << 10, 8 << 10)), slow)) {
      Transfer done = threads.run(() -> sender.send(region, peer.socket()));
      assertThat(done.bytesSent()).isEqualTo(1 << 20);
      assertThat(done.waits()).isPositive();
    }
  }

  @Test
  @Spec("SF-52a")
  void whatWaitsUnsentCanBeBounded() throws Exception {
    FileSender sender = builder().stallTimeout(Duration.ofMillis(200)).build();
    FileSender bounded = sender.toBuilder().unsentBytes(64 << 10).build();
    assertThat(takenForAStalledPeer(bounded)).isLessThan(takenForAStalledPeer(sender) / 2);
  }

  private long takenForAStalledPeer(FileSender sender) throws Exception {
    file = OddFiles.in(directory).ofSize(8 << 20);
    try (Peer<Socket> peer =
        Peer.at(
            ConnectedPair.plainSocket(new ConnectedPair.Buffers(0, 16 << 10)),
            new PeerBehavior.Stalled(0))) {
      return catchThrowableOfType(PeerStalledException.class, () -> send(sender, peer.socket()))
          .bytesTransferred();
    }
  }

  @Test
  @Spec({"SF-60", "SF-61", "SF-64"})
  void aDescriptorThatGoesOnBlockingIsCopiedToOrRefused() throws Exception {
    stub.on("blocks", (_, _) -> 1);
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      Transfer done = send(copying(builder()), peer.socket());
      assertThat(done.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
      assertComplete(peer);
    }
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      assertThatThrownBy(() -> send(strict(builder()), peer.socket()))
          .isInstanceOf(MechanismUnavailableException.class)
          .hasMessageContaining("blocks");
    }
    assertThat(stub.calls("sendfile")).isZero();
  }

  @Test
  @Spec({"SF-50", "SF-60"})
  void whereNoVirtualThreadGetsToRunAPlatformThreadCopies() throws Exception {
    Assumptions.assumeTrue(threads == ThreadKind.PLATFORM, "a virtual thread runs already");
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Void> holds = new CompletableFuture<>();
      Thread holder =
          Thread.startVirtualThread(
              () -> {
                holds.complete(null);
                while (!over.get()) { // and so never leaves the only carrier
                  Thread.onSpinWait();
                }
              });
      holds.join();
      try {
        Transfer done = send(copying(builder()), peer.socket());
        assertThat(done.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
      } finally {
        over.set(true);
        holder.join();
      }
      assertComplete(peer);
    }
  }

  @Test
  @Spec("SF-32")
  void whatExtendsASocketIsWrittenThroughItsOwnStream() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket inverting = new Inverting(server.getLocalPort());
        Socket accepted = server.accept()) {
      CompletableFuture<byte[]> received = readingAll(accepted);
      Transfer done = send(FileSender.defaults(), inverting);
      inverting.shutdownOutput();
      assertThat(done.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
      byte[] wanted = Pattern.bytes(0, SIZE);
      for (int i = 0; i < SIZE; i++) {
        wanted[i] ^= (byte) 0xFF;
      }
      assertThat(received.get()).isEqualTo(wanted);
    }
  }

  /// As good an encryption as any.
  private static final class Inverting extends Socket {
    Inverting(int port) throws IOException {
      super(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          byte[] inverted = Arrays.copyOfRange(bytes, offset, offset + length);
          for (int i = 0; i < length; i++) {
            inverted[i] ^= (byte) 0xFF;
          }
          out.write(inverted);
        }
      };
    }
  }

  private void assertComplete(Peer<Socket> peer) throws IOException {
    assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
  }
}
