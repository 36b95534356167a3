package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.jsendfile.testkit.Descriptors;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the tests of Python's `socket.sendfile` and of its relatives assert, one test for each
/// case, on every mechanism. The cases in which a call fails by a chosen error need a mechanism
/// that fails on demand: they are with the ladder's tests; files above 2 GiB are in
/// [LargeFileTest].
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@MethodSource("io.github.jsendfile.Senders#mechanisms")
@Timeout(30)
class UpstreamCasesTest {
  private static final int SIZE = 10 * 1024 * 1024;
  private static final int SEND = 64 * 1024;

  @Parameter Mechanism mechanism;

  @TempDir static Path directory;
  private static Path file;
  private FileSender sender;
  private Peer<SocketChannel> peer;

  @BeforeAll
  static void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @BeforeEach
  void connect() throws IOException {
    sender = Senders.preferring(mechanism);
    peer = Peer.tcp(new PeerBehavior.Fast());
  }

  @AfterEach
  void disconnect() throws IOException {
    peer.close();
  }

  @Test
  void regularFile() throws IOException {
    assertSends(FileRegion.of(file), 0, SIZE);
  }

  @Test
  void inMemoryFile() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path copy = memory.getPath("/copy.bin");
      Files.write(copy, Pattern.bytes(0, 1_000_000));
      assertSends(FileRegion.of(copy), 0, 1_000_000);
    }
  }

  @Test
  void emptyFile() throws IOException {
    assertSends(FileRegion.of(OddFiles.in(directory).ofSize(0)), 0, 0);
  }

  @Test
  void offset() throws IOException {
    assertSends(FileRegion.of(file, 5_000, Long.MAX_VALUE), 5_000, SIZE - 5_000);
  }

  @Test
  void count() throws IOException {
    assertSends(FileRegion.of(file, 0, 5_000_007), 0, 5_000_007);
  }

  @Test
  void smallCount() throws IOException {
    assertSends(FileRegion.of(file, 0, 1), 0, 1);
  }

  @Test
  void countWithOffset() throws IOException {
    assertSends(FileRegion.of(file, 2_007, 100_007), 2_007, 100_007);
  }

  @Test
  @Spec("SF-7")
  void nonBlockingSocketIsRefusedAndThePeerGetsNothing() throws IOException {
    peer.socket().configureBlocking(false);
    assertThatThrownBy(() -> sender.send(FileRegion.of(file), peer.socket()))
        .isInstanceOf(IllegalBlockingModeException.class);
    assertThat(peer.finish().count()).isZero();
  }

  @Test
  @Spec("SF-54")
  void longTimeoutCompletes() throws IOException {
    sender = sender.toBuilder().timeout(Duration.ofSeconds(20)).build();
    assertSends(FileRegion.of(file), 0, SIZE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout", "stallTimeout"})
  @Spec({"SF-53", "SF-54"})
  void tinyTimeoutWithAPeerThatStopsReading(String limit) throws Exception {
    Duration tiny = Duration.ofMillis(10);
    FileSender.Builder builder = sender.toBuilder();
    sender = (limit.equals("timeout") ? builder.timeout(tiny) : builder.stallTimeout(tiny)).build();
    try (Peer<SocketChannel> stalled = Peer.tcp(new PeerBehavior.Stalled(0))) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () ->
                  ThreadKind.VIRTUAL.run(() -> sender.send(FileRegion.of(file), stalled.socket())));
      assertThat(failure)
          .isInstanceOfAny(TransferTimeoutException.class, PeerStalledException.class);
      assertThat(failure.bytesTransferred()).isBetween(0L, SIZE - 1L);
    }
  }

  @Test
  @Spec({"SF-2", "SF-3"})
  void badArguments() {
    assertThatThrownBy(() -> FileRegion.of(file, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sendfile.send(peer.socket(), file, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sendfile.send(peer.socket(), file, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Spec("SF-33")
  void sendThenFileThenSend() throws IOException {
    Senders.writeAll(peer.socket(), Pattern.buffer(0, SEND));
    sender.send(FileRegion.of(file, SEND, 1_000_000), peer.socket());
    Senders.writeAll(peer.socket(), Pattern.buffer(SEND + 1_000_000, SEND));
    int all = 2 * SEND + 1_000_000;
    assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, all));
  }

  @Test
  @Spec({"SF-43", "SF-57"})
  void peerClosesInTheMiddle() throws IOException {
    try (Peer<SocketChannel> closing = Peer.tcp(new PeerBehavior.ClosesEarly(1024))) {
      PeerClosedException failure =
          catchThrowableOfType(
              PeerClosedException.class, () -> sender.send(FileRegion.of(file), closing.socket()));
      assertThat(failure.bytesTransferred()).isBetween(1024L, SIZE - 1L);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1L << 40})
  @Spec("SF-26")
  void wrongSizeHintStillSendsAll(long size) throws IOException {
    try (FileChannel lying = new LyingFileChannel(FileChannel.open(file), size)) {
      assertSends(FileRegion.of(lying), 0, SIZE);
    }
  }

  @Test
  @Spec({"SF-32", "SF-61"})
  void targetThatIsNoSocketIsCopiedTo() throws IOException {
    try (Peer<Pipe.SinkChannel> pipe = Peer.pipe(new PeerBehavior.Fast())) {
      Transfer transfer = sender.send(FileRegion.of(file, 0, 1_000_000), pipe.socket());
      assertThat(transfer.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
      assertThat(pipe.finish().content()).isEqualTo(Pattern.bytes(0, 1_000_000));
    }
  }

  @Test
  @Spec("SF-73")
  void cancelLeavesNothingBehind() throws Exception {
    try (Peer<SocketChannel> stalled = Peer.tcp(new PeerBehavior.Stalled(1024))) {
      PendingTransfer pending = sender.sendAsync(FileRegion.of(file), stalled.socket());
      stalled.awaitCount(1024);
      assertThat(pending.cancel(false)).isTrue();
      assertThat(pending).isCancelled();
      Eventually.holds(
          Duration.ofSeconds(5),
          () -> !stalled.socket().isOpen() && Descriptors.openOn(file) == 0,
          () -> "socket or file stays open");
      Reception reception = stalled.awaitEnd();
      assertThat(reception.count()).isBetween(1024L, pending.bytesTransferred());
    }
  }

  @Test
  @Spec("SF-70")
  void listenerThatThrows() throws IOException {
    IllegalStateException thrown = new IllegalStateException("enough");
    FileSender eager = sender.toBuilder().progressInterval(Duration.ZERO).build();
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () ->
                eager.send(
                    FileRegion.of(file),
                    peer.socket(),
                    count -> {
                      throw thrown;
                    }));
    assertThat(failure).hasCause(thrown);
    assertThat(failure.bytesTransferred()).isBetween(1L, SIZE - 1L);
    assertThat(peer.finish().count()).isEqualTo(failure.bytesTransferred());
  }

  @Test
  @Spec("SF-26")
  void pipeAsSource() throws Exception {
    Path fifo = OddFiles.in(directory).fifo();
    Future<Path> writing =
        ThreadKind.PLATFORM.start(() -> Files.write(fifo, Pattern.bytes(0, 200_000)));
    assertSends(FileRegion.of(fifo), 0, 200_000);
    ThreadKind.get(writing);
  }

  @Test
  @Spec("SF-26")
  void deviceAsSource() throws IOException {
    Transfer transfer = sender.send(FileRegion.of(OddFiles.DEV_ZERO, 0, 99_999), peer.socket());
    assertThat(transfer.bytesSent()).isEqualTo(99_999);
    assertThat(peer.finish().content()).isEqualTo(new byte[99_999]);
  }

  private void assertSends(FileRegion region, long position, long length) throws IOException {
    Transfer transfer = sender.send(region, peer.socket());
    assertThat(transfer.bytesSent()).isEqualTo(length);
    Reception reception = peer.finish();
    assertThat(reception.count()).isEqualTo(length);
    assertThat(reception.crc()).isEqualTo(Pattern.crc(position, length));
  }
}
