package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.linux.Kernel;
import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.mechanism.NativeReceive;
import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `splice(2)` puts where, and that it never waits.
@ParameterizedClass
@EnumSource(ThreadKind.class)
@ExtendWith(LeakCheck.class)
@Timeout(60)
@Spec("SF-74")
class NativeReceiveTest {
  private static final int SIZE = 5_000_011;
  private static final int O_NONBLOCK = 04000;

  @TempDir private Path directory;
  @Parameter private ThreadKind threads;
  private ConnectedPair<SocketChannel> pair;
  private Path path;
  private FileChannel file;

  @BeforeEach
  void open() throws IOException {
    Receivers.assumeNative();
    pair = ConnectedPair.tcp(Buffers.AUTOMATIC);
    path = directory.resolve("received");
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @AfterEach
  void close() throws IOException {
    if (pair != null) {
      file.close();
      pair.close();
    }
  }

  private static FileReceiver nativeAlone() {
    return FileReceiver.builder().mechanisms(Mechanism.NATIVE).build();
  }

  private static SocketChannel receiving(ConnectedPair<SocketChannel> pair) {
    return (SocketChannel) pair.receiver();
  }

  /// Has a peer send a pattern in pieces of any size, and end the stream.
  private static Thread feed(SocketChannel peer, long from, int count) {
    Random random = new Random(from);
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                for (int sent = 0; sent < count; ) {
                  int piece = Math.min(count - sent, 1 + random.nextInt(1 << random.nextInt(20)));
                  Senders.writeAll(peer, Pattern.buffer(from + sent, piece));
                  sent += piece;
                }
                peer.shutdownOutput();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4095, (1L << 33) + 5})
  void bytesGoWhereTheyBelongAndNowhereElse(long position) throws Exception {
    file.write(ByteBuffer.wrap(new byte[] {7}), position + SIZE);
    Thread feeder = feed(pair.sender(), 0, SIZE);
    Received done =
        threads.run(() -> nativeAlone().receive(receiving(pair), file, position, Long.MAX_VALUE));
    feeder.join();
    assertThat(done.bytesReceived()).isEqualTo(SIZE);
    assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
    assertThat(file.position()).isZero();
    assertThat(Files.size(path)).isEqualTo(position + SIZE + 1);
    ByteBuffer content = ByteBuffer.allocate(SIZE + 1);
    try (FileChannel written = FileChannel.open(path)) {
      while (content.hasRemaining()) {
        written.read(content, position + content.position());
      }
      assertThat(content.get(SIZE)).isEqualTo((byte) 7);
      assertThat(content.slice(0, SIZE)).isEqualTo(Pattern.buffer(0, SIZE));
    }
  }

  @Test
  void whatIsBehindTheLengthStaysInTheSocket() throws Exception {
    Thread feeder = feed(pair.sender(), 0, SIZE);
    FileReceiver receiver = nativeAlone();
    int first = 1_234_567;
    threads.run(() -> receiver.receive(receiving(pair), file, 0, first));
    threads.run(() -> receiver.receive(receiving(pair), file, first, Long.MAX_VALUE));
    feeder.join();
    assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, SIZE));
  }

  @Test
  void aUnixDomainSocketIsReceivedFromTheSameWay() throws Exception {
    try (ConnectedPair<SocketChannel> unix = ConnectedPair.unix(Buffers.AUTOMATIC)) {
      Thread feeder = feed(unix.sender(), 0, SIZE);
      Received done =
          threads.run(() -> nativeAlone().receive(receiving(unix), file, 0, Long.MAX_VALUE));
      feeder.join();
      assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
      assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, SIZE));
    }
  }

  @Test
  void progressGrowsToTheCount() throws Exception {
    Thread feeder = feed(pair.sender(), 0, SIZE);
    List<Long> told = new ArrayList<>();
    FileReceiver receiver =
        FileReceiver.builder().mechanisms(Mechanism.NATIVE).progressInterval(Duration.ZERO).build();
    threads.run(() -> receiver.receive(receiving(pair), file, 0, SIZE, told::add));
    feeder.join();
    assertThat(told).isSorted().doesNotHaveDuplicates().endsWith((long) SIZE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theKernelIsNeverAskedToTakeFromATcpSocketThatBlocks(boolean halfClosed) throws Exception {
    List<String> blocking = new ArrayList<>();
    Kernel kernel = watched(blocking);
    FileReceiver receiver =
        FileReceiver.builder().build(new ReceiveLadder(new NativeReceive(kernel), true, ""));
    if (halfClosed) { // the JDK's own write, that would make it non-blocking, is then refused
      receiving(pair).shutdownOutput();
    }
    Thread feeder = feed(pair.sender(), 0, SIZE);
    Received done = threads.run(() -> receiver.receive(receiving(pair), file, 0, Long.MAX_VALUE));
    feeder.join();
    assertThat(blocking).isEmpty();
    boolean copies = halfClosed && threads == ThreadKind.PLATFORM;
    assertThat(done.mechanism()).isEqualTo(copies ? Mechanism.BUFFERED_COPY : Mechanism.NATIVE);
    assertThat(receiving(pair).isBlocking()).isTrue();
    assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, SIZE));
  }

  /// The kernel, with a look at the mode of each socket that bytes are taken from.
  private static Kernel watched(List<String> blocking) {
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("splice") && (long) arguments[2] < 0) {
                String flags =
                    Files.readAllLines(Path.of("/proc/self/fdinfo/" + arguments[0])).stream()
                        .filter(line -> line.startsWith("flags:"))
                        .findFirst()
                        .orElseThrow();
                if ((Integer.parseInt(flags.substring(6).strip(), 8) & O_NONBLOCK) == 0) {
                  blocking.add(flags);
                }
              }
              return method.invoke(NativeAccess.here().kernel(), arguments);
            });
  }

  @Test
  void closingTheSocketInFullFlightEndsItAndTheCountIsTheFilesSize() throws Exception {
    for (int time = 0; time < 10; time++) {
      try (ConnectedPair<SocketChannel> next = ConnectedPair.tcp(Buffers.AUTOMATIC);
          FileChannel target = truncated()) {
        Running<Received> call =
            Running.on(
                threads, () -> nativeAlone().receive(receiving(next), target, 0, Long.MAX_VALUE));
        Thread.startVirtualThread(() -> sendForEver(next.sender()));
        long enough = 300_000L * (time + 1);
        Eventually.holds(Duration.ofSeconds(9), () -> size(path) > enough, () -> "no bytes");
        receiving(next).close();
        TransferAbortedException e =
            catchThrowableOfType(TransferAbortedException.class, call::await);
        assertThat(e).hasCauseInstanceOf(AsynchronousCloseException.class);
        assertThat(e.bytesTransferred()).isEqualTo(target.size());
        assertThat(target.isOpen()).isTrue();
      }
    }
  }

  private static void sendForEver(SocketChannel peer) {
    try {
      while (true) {
        peer.write(ByteBuffer.allocate(50_000));
      }
    } catch (IOException ignored) { // until the other end is closed
    }
  }

  private static long size(Path path) {
    return path.toFile().length();
  }

  private FileChannel truncated() throws IOException {
    return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Test
  void closingTheFileIsNotThePeersFault() throws Exception {
    Running<Received> call =
        Running.on(threads, () -> nativeAlone().receive(receiving(pair), file, 0, Long.MAX_VALUE));
    Senders.writeAll(pair.sender(), Pattern.buffer(0, 100));
    call.awaitWaitingForPeer();
    file.close();
    Senders.writeAll(pair.sender(), Pattern.buffer(100, 1_000_000));
    TransferException e = catchThrowableOfType(TransferException.class, call::await);
    assertThat(e).isExactlyInstanceOf(TransferException.class).hasMessageContaining("write");
    assertThat(e.bytesTransferred()).isEqualTo(Files.size(path));
  }

  @Test
  @Spec({"SF-63", "SF-64"})
  void withoutCopyingWhatCannotGoSoIsRefusedBeforeAByteIsRead() throws Exception {
    pair.sender().write(Pattern.buffer(0, 100));
    try (FileChannel foreign = new LyingFileChannel(truncated(), 0)) {
      assertThatThrownBy(() -> nativeAlone().receive(receiving(pair), foreign, 0, 100))
          .isInstanceOf(MechanismUnavailableException.class)
          .hasMessageContaining("FileChannel of the JDK's own");
    }
    assertThat(receiving(pair).socket().getInputStream().available()).isEqualTo(100);
    try (java.net.ServerSocket server = new java.net.ServerSocket(0, 1, Receivers.loopback());
        java.net.Socket foreign =
            new java.net.Socket(Receivers.loopback(), server.getLocalPort()) {}) {
      assertThatThrownBy(() -> nativeAlone().receive(foreign, file, 0, 100))
          .isInstanceOf(MechanismUnavailableException.class)
          .hasMessageContaining("SocketChannel or a Socket of the JDK's own");
    }
  }
}
