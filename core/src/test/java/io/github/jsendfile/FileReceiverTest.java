package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The mirror: socket to file, on each mechanism that receives.
@ParameterizedClass
@MethodSource("io.github.jsendfile.Receivers#ways")
@ExtendWith(LeakCheck.class)
@Timeout(30)
@Spec("SF-74")
class FileReceiverTest {
  private static final Duration SHORT = Duration.ofMillis(150);

  @TempDir private Path directory;

  @Parameter(0)
  private ThreadKind threads;

  @Parameter(1)
  private Mechanism mechanism;

  private ConnectedPair<SocketChannel> pair;
  private SocketChannel peer;
  private SocketChannel socket;
  private Path path;
  private FileChannel file;

  @BeforeEach
  void open() throws IOException {
    pair = ConnectedPair.tcp(ConnectedPair.Buffers.BOUNDED);
    peer = pair.sender();
    socket = (SocketChannel) pair.receiver();
    path = directory.resolve("received");
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @AfterEach
  void close() throws IOException {
    file.close();
    pair.close();
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private FileReceiver.Builder receiver() {
    return Receivers.preferring(mechanism);
  }

  private Running<Received> receive(FileReceiver receiver, long position, long length) {
    return Running.on(threads, () -> receiver.receive(socket, file, position, length));
  }

  @Test
  void everythingUntilTheEndOfTheStream() throws Exception {
    write(peer, Pattern.buffer(0, 60_000)); // there at once, and so enough for any mechanism
    Running<Received> call = receive(receiver().fsync().build(), 0, Long.MAX_VALUE);
    write(peer, Pattern.buffer(60_000, 940_003));
    peer.shutdownOutput();
    Received done = call.await();
    assertThat(done.bytesReceived()).isEqualTo(1_000_003);
    assertThat(done.endedEarly()).isFalse();
    assertThat(done.mechanism()).isEqualTo(mechanism);
    assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, 1_000_003));
    assertThat(file.position()).as("the channel's own position").isZero();
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void soManyBytesAtAPositionAndNotOneMore() throws Exception {
    write(peer, Pattern.buffer(0, 3000));
    Received done = receive(receiver().build(), 500, 1000).await();
    assertThat(done.bytesReceived()).isEqualTo(1000);
    assertThat(Files.size(path)).isEqualTo(1500);
    ByteBuffer rest = ByteBuffer.allocate(2000);
    while (rest.hasRemaining()) {
      socket.read(rest);
    }
    assertThat(rest.array()).isEqualTo(Pattern.bytes(1000, 2000));
  }

  @Test
  void aLimitLeavesTheSocketUsableAndItsOwnTimeOutAsItWas() throws Exception {
    socket.socket().setSoTimeout(4321);
    write(peer, Pattern.buffer(0, 100));
    FileReceiver receiver = receiver().stallTimeout(SHORT).build();
    PeerStalledException e =
        catchThrowableOfType(PeerStalledException.class, () -> receive(receiver, 0, 1000).await());
    assertThat(e.bytesTransferred()).isEqualTo(100);
    assertThat(e).hasCauseInstanceOf(SocketTimeoutException.class);
    assertThat(socket.socket().getSoTimeout()).isEqualTo(4321);
    write(socket, ByteBuffer.wrap("408".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    ByteBuffer answer = ByteBuffer.allocate(3);
    peer.read(answer);
    assertThat(answer.get(0)).isEqualTo((byte) '4');
  }

  @Test
  void theTimeoutIsForAll() throws Exception {
    FileReceiver receiver = receiver().stallTimeout(SHORT).timeout(SHORT).build();
    Running<Received> call = receive(receiver, 0, Long.MAX_VALUE);
    assertThatThrownBy(
            () -> {
              while (!call.outcome().isDone()) {
                write(peer, ByteBuffer.allocate(10)); // steadily, so that nothing stalls
                Thread.onSpinWait();
              }
              call.await();
            })
        .isInstanceOf(TransferTimeoutException.class);
  }

  @Test
  void aUnixDomainSocketIsClosedAtTheLimit() throws Exception {
    FileReceiver receiver = receiver().stallTimeout(SHORT).build();
    try (ConnectedPair<SocketChannel> unix = ConnectedPair.unix(ConnectedPair.Buffers.BOUNDED)) {
      SocketChannel receiving = (SocketChannel) unix.receiver();
      write(unix.sender(), Pattern.buffer(0, 100));
      PeerStalledException e =
          catchThrowableOfType(
              PeerStalledException.class,
              () -> threads.run(() -> receiver.receive(receiving, file, 0, 1000)));
      assertThat(e.bytesTransferred()).isEqualTo(100);
      assertThat(receiving.isOpen()).isFalse();
    }
  }

  @Test
  void waitingCostsNoCpuAndHoldsNoCarrier() throws Exception {
    List<ConnectedPair<SocketChannel>> pairs = new ArrayList<>();
    List<Running<Received>> calls = new ArrayList<>();
    FileReceiver receiver = receiver().stallTimeout(Duration.ofMinutes(1)).build();
    for (int i = 0; i < 20; i++) {
      ConnectedPair<SocketChannel> next = ConnectedPair.tcp(ConnectedPair.Buffers.BOUNDED);
      SocketChannel receiving = (SocketChannel) next.receiver();
      pairs.add(next);
      calls.add(Running.on(threads, () -> receiver.receive(receiving, file, 0, 10)));
    }
    for (Running<Received> call : calls) {
      call.awaitWaitingForPeer();
    }
    Running.awaitIdleProcess();
    assertThat(ThreadKind.VIRTUAL.run(() -> "ran")).isEqualTo("ran");
    for (ConnectedPair<SocketChannel> next : pairs) {
      write(next.sender(), ByteBuffer.allocate(10));
    }
    for (Running<Received> call : calls) {
      assertThat(call.await().bytesReceived()).isEqualTo(10);
    }
    for (ConnectedPair<SocketChannel> next : pairs) {
      next.close();
    }
  }

  @Test
  void aResetIsAFailureWithTheCount() throws Exception {
    Running<Received> call = receive(receiver().build(), 0, Long.MAX_VALUE);
    write(peer, Pattern.buffer(0, 100));
    call.awaitWaitingForPeer();
    peer.setOption(StandardSocketOptions.SO_LINGER, 0);
    peer.close();
    PeerClosedException e = catchThrowableOfType(PeerClosedException.class, call::await);
    assertThat(e.bytesTransferred()).isLessThanOrEqualTo(100);
  }

  @Test
  void anEarlyEndIsToldAndWithExactlyAFailure() throws Exception {
    write(peer, Pattern.buffer(0, 100));
    peer.shutdownOutput();
    assertThat(receive(receiver().build(), 0, 50).await().endedEarly()).isFalse();
    Received early = receive(receiver().build(), 0, 70).await();
    assertThat(early.endedEarly()).isTrue();
    assertThat(early.bytesReceived()).isEqualTo(50);
    assertThatThrownBy(() -> receive(receiver().exactly().build(), 0, 1).await())
        .isInstanceOf(PeerClosedException.class)
        .hasMessageContaining("0 of 1");
  }

  @Test
  void anInterruptEndsItAndLeavesTheFileOpen() throws Exception {
    FileReceiver receiver = receiver().stallTimeout(Duration.ofMinutes(1)).build();
    Running<Received> call = receive(receiver, 0, 1000);
    call.awaitWaitingForPeer();
    try (Prompt _ = Prompt.begin()) {
      call.thread().interrupt();
      call.awaitEnd();
    }
    assertThatThrownBy(call::await)
        .isInstanceOf(TransferAbortedException.class)
        .hasCauseInstanceOf(ClosedByInterruptException.class);
    assertThat(file.isOpen()).isTrue();
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void closingTheSocketEndsIt() throws Exception {
    Running<Received> call = receive(receiver().build(), 0, 1000);
    call.awaitWaitingForPeer();
    try (Prompt _ = Prompt.begin()) {
      socket.close();
      call.awaitEnd();
    }
    assertThatThrownBy(call::await)
        .isInstanceOf(TransferAbortedException.class)
        .hasCauseInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void aFileThatTakesNoMoreIsNotThePeersFault() throws Exception {
    try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
      write(peer, Pattern.buffer(0, 100));
      TransferException e =
          catchThrowableOfType(
              TransferException.class,
              () -> threads.run(() -> receiver().build().receive(socket, full, 0, 1000)));
      assertThat(e).isExactlyInstanceOf(TransferException.class).hasMessageContaining("write");
      assertThat(e.bytesTransferred()).isZero();
    }
  }

  @Test
  void aPlainSocketReceivesTheSame() throws Exception {
    try (java.net.ServerSocket server = new java.net.ServerSocket(0, 1, loopback());
        Socket plain = new Socket(loopback(), server.getLocalPort());
        Socket other = server.accept()) {
      other.getOutputStream().write(Pattern.bytes(0, 100_000));
      FileReceiver receiver = receiver().stallTimeout(SHORT).build();
      assertThat(threads.run(() -> receiver.receive(plain, file, 0, 100_000)).bytesReceived())
          .isEqualTo(100_000);
      assertThatThrownBy(() -> threads.run(() -> receiver.receive(plain, file, 0, 1)))
          .isInstanceOf(PeerStalledException.class);
      assertThat(plain.isClosed()).isFalse();
      assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, 100_000));
    }
  }

  private static java.net.InetAddress loopback() {
    return java.net.InetAddress.getLoopbackAddress();
  }

  @Test
  void aHeadIsReadByTheSameClass() throws Exception {
    FileReceiver receiver = receiver().stallTimeout(SHORT).build();
    ByteBuffer head = ByteBuffer.allocate(100);
    assertThatThrownBy(() -> threads.run(() -> receiver.read(socket, head)))
        .isInstanceOf(PeerStalledException.class);
    write(peer, Pattern.buffer(0, 40));
    assertThat(threads.run(() -> receiver.read(socket, head))).isEqualTo(40);
    peer.shutdownOutput();
    assertThat(threads.run(() -> receiver.read(socket, head))).isEqualTo(-1);
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAByteIsRead() throws Exception {
    FileReceiver receiver = receiver().build();
    assertThatThrownBy(() -> receiver.receive((SocketChannel) null, file, 0, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("socket");
    assertThatThrownBy(() -> receiver.receive(socket, file, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    try (FileChannel readOnly = FileChannel.open(path)) {
      assertThatThrownBy(() -> receiver.receive(socket, readOnly, 0, 1))
          .isInstanceOf(NonWritableChannelException.class);
    }
    socket.configureBlocking(false);
    assertThatThrownBy(() -> receiver.receive(socket, file, 0, 1))
        .isInstanceOf(IllegalBlockingModeException.class);
  }
}
