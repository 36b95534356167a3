package io.github.jsendfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files whose size says nothing: whatever mechanism is preferred, on every kind of thread.
@ExtendWith(LeakCheck.class)
@ParameterizedClass(name = "{0}, {1} thread")
@MethodSource("ways")
@Timeout(30)
@Spec("SF-26")
class FileKindsTest {
  private static final Path PROC_VERSION = Path.of("/proc/version");

  @Parameter(0)
  Mechanism mechanism;

  @Parameter(1)
  ThreadKind thread;

  @TempDir Path directory;

  static Stream<Arguments> ways() {
    return Senders.mechanisms().stream()
        .flatMap(
            mechanism ->
                Stream.of(ThreadKind.values()).map(thread -> Arguments.of(mechanism, thread)));
  }

  @Test
  void procFileWithContentAndSizeZero() throws Exception {
    assumeTrue(Files.exists(OddFiles.PROC_SELF_STATUS), "SKIPPED: there is no /proc here");
    String text = new String(send(FileRegion.of(OddFiles.PROC_SELF_STATUS)), UTF_8);
    assertThat(text).startsWith("Name:").contains("\nVmRSS:").endsWith("\n");
  }

  @Test
  void procFileByPathAndByChannel() throws Exception {
    assumeTrue(Files.exists(PROC_VERSION), "SKIPPED: there is no /proc here");
    byte[] content = Files.readAllBytes(PROC_VERSION);
    assertThat(send(FileRegion.of(PROC_VERSION))).isEqualTo(content);
    try (FileChannel channel = FileChannel.open(PROC_VERSION)) {
      assertThat(send(FileRegion.of(channel))).isEqualTo(content);
    }
  }

  @Test
  void partOfAProcFile() throws Exception {
    assumeTrue(Files.exists(PROC_VERSION), "SKIPPED: there is no /proc here");
    String content = Files.readString(PROC_VERSION);
    byte[] part = send(FileRegion.of(PROC_VERSION, 6, 7));
    assertThat(new String(part, UTF_8)).isEqualTo(content.substring(6, 13));
  }

  @Test
  void deviceUpToTheLength() throws Exception {
    assumeTrue(Files.exists(OddFiles.DEV_ZERO), "SKIPPED: there is no /dev/zero here");
    assertThat(send(FileRegion.of(OddFiles.DEV_ZERO, 0, 500_001))).isEqualTo(new byte[500_001]);
    try (FileChannel channel = FileChannel.open(OddFiles.DEV_ZERO)) {
      assertThat(send(FileRegion.of(channel, 0, 100_001))).isEqualTo(new byte[100_001]);
    }
  }

  @Test
  void fifoToTheEndOfItsWriters() throws Exception {
    Path fifo = OddFiles.in(directory).fifo();
    Future<Void> writing = write(fifo, 300_000);
    assertThat(send(FileRegion.of(fifo))).isEqualTo(Pattern.bytes(0, 300_000));
    ThreadKind.get(writing);
  }

  @Test
  void fifoFromAPositionUpToTheLength() throws Exception {
    Path fifo = OddFiles.in(directory).fifo();
    Future<Void> writing = write(fifo, 60_000);
    byte[] sent = send(FileRegion.of(fifo, 20_000, 30_000));
    assertThat(sent).isEqualTo(Pattern.bytes(20_000, 30_000));
    ThreadKind.get(writing);
  }

  @Test
  void fifoBehindAChannel() throws Exception {
    Path fifo = OddFiles.in(directory).fifo();
    Future<Void> writing = write(fifo, 100_000);
    try (FileChannel channel = FileChannel.open(fifo)) {
      assertThat(send(FileRegion.of(channel))).isEqualTo(Pattern.bytes(0, 100_000));
    }
    ThreadKind.get(writing);
  }

  @Test
  void seedsCallTakesThemToo() throws Exception {
    Path fifo = OddFiles.in(directory).fifo();
    Future<Void> writing = write(fifo, 50_000);
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(fifo)) {
      long sent = thread.run(() -> Sendfile.send(peer.socket(), channel));
      assertThat(sent).isEqualTo(50_000);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, 50_000));
    }
    ThreadKind.get(writing);
  }

  /// Writes as a program does that may meet a reader who leaves early.
  private static Future<Void> write(Path fifo, int count) {
    return ThreadKind.PLATFORM.start(
        () -> {
          try (FileChannel channel = FileChannel.open(fifo, StandardOpenOption.WRITE)) {
            channel.write(Pattern.buffer(0, count));
          }
          return null;
        });
  }

  private byte[] send(FileRegion region) throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      FileSender sender = Senders.preferring(mechanism);
      Transfer transfer = thread.run(() -> sender.send(region, peer.socket()));
      Reception reception = peer.finish();
      assertThat(transfer.bytesSent()).isEqualTo(reception.count());
      assertThat(transfer.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
      return reception.content();
    }
  }
}
