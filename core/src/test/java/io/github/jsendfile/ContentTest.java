package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which bytes of a regular file are sent: on every mechanism.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@MethodSource("io.github.jsendfile.Senders#mechanisms")
@Timeout(30)
class ContentTest {
  private static final int SIZE = 1_500_000;

  /// The sizes at which the library's ways part: what waits, what goes with a head, what counts
  /// as small, what one write takes, what one call takes.
  private static final List<Integer> CHUNKS =
      List.of(4 * 1024, 16 * 1024, 32 * 1024, 64 * 1024, 256 * 1024, 1024 * 1024);

  @Parameter Mechanism mechanism;

  @TempDir static Path directory;
  private static Path file;

  static List<Long> sizes() {
    TreeSet<Long> sizes = new TreeSet<>();
    CHUNKS.forEach(chunk -> sizes.addAll(OddFiles.sizesAround(chunk)));
    return List.copyOf(sizes);
  }

  @BeforeAll
  static void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @Test
  @Spec("SF-20")
  void wholeFileWhateverTheChannelsPosition() throws IOException {
    assertSends(FileRegion.of(file), 0, SIZE);
    Senders.assumeServesFileChannels(mechanism);
    try (FileChannel channel = FileChannel.open(file).position(1234)) {
      assertSends(FileRegion.of(channel), 0, SIZE);
    }
  }

  @Test
  @Spec("SF-21")
  void fromAPositionToTheEnd() throws IOException {
    assertSends(FileRegion.of(file, 777_777, Long.MAX_VALUE), 777_777, SIZE - 777_777);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0, 4096",
    "1, 32768",
    "4095, 32769",
    "65535, 100007",
    "1, 262145",
    "99, 1048577",
    "1499999, 1"
  })
  @Spec("SF-22")
  void aPart(int position, int length) throws IOException {
    assertSends(FileRegion.of(file, position, length), position, length);
  }

  @ParameterizedTest
  @CsvSource({"0, 1500001", "1400000, 100001", "1499999, 2", "1499000, 9223372036854775807"})
  @Spec("SF-23")
  void whatIsLeftIfThatIsLess(int position, long length) throws IOException {
    Transfer transfer =
        assertSends(FileRegion.of(file, position, length), position, SIZE - position);
    assertThat(transfer.endedEarly()).isEqualTo(length != Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"1500000, 1", "1500001, 1", "1500000, 9223372036854775807", "4294967296, 5"})
  @Spec("SF-24")
  void nothingAtTheEndAndBeyond(long position, long length) throws IOException {
    assertSends(FileRegion.of(file, position, length), 0, 0);
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(file)) {
      assertThat(Sendfile.send(peer.socket(), file, position, length)).isZero();
      assertThat(Sendfile.send(peer.socket(), channel, position, length)).isZero();
      assertThat(peer.finish().count()).isZero();
    }
  }

  @Test
  @Spec("SF-25")
  void nothingOfAnEmptyFile() throws IOException {
    Path empty = OddFiles.in(directory).ofSize(0);
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast());
        FileChannel channel = FileChannel.open(empty)) {
      FileSender sender = Senders.preferring(mechanism);
      assertThat(sender.send(FileRegion.of(empty), peer.socket()).bytesSent()).isZero();
      assertThat(sender.send(FileRegion.of(channel), peer.socket()).endedEarly()).isFalse();
      assertThat(Sendfile.send(peer.socket(), empty)).isZero();
      assertThat(Sendfile.send(peer.socket(), channel)).isZero();
      assertThat(peer.finish().count()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  @Spec({"SF-20", "SF-40"})
  void filesOfEverySize(long size) throws IOException {
    Path sized = OddFiles.in(directory).ofSize(size);
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer transfer = Senders.preferring(mechanism).send(FileRegion.of(sized), peer.socket());
      assertThat(transfer.bytesSent()).isEqualTo(size);
      assertThat(transfer.endedEarly()).isFalse();
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, (int) size));
    }
  }

  @Test
  @Spec("SF-33")
  void inOrderWithTheProgramsOwnWrites() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      FileSender sender = Senders.only(mechanism);
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      for (int round = 0; round < 5; round++) {
        byte[] own = Pattern.bytes(1_000_000_000L + round, 3_000);
        Senders.writeAll(peer.socket(), ByteBuffer.wrap(own));
        sender.send(FileRegion.of(file, round * 10L, 50_000), peer.socket());
        sender.send(FileRegion.of(file, round * 7L, 500), peer.socket());
        expected.writeBytes(own);
        expected.writeBytes(Pattern.bytes(round * 10L, 50_000));
        expected.writeBytes(Pattern.bytes(round * 7L, 500));
      }
      assertThat(peer.finish().content()).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  @Spec({"SF-33", "SF-52"})
  void ownLargeWriteBehindATransferStillWaitsAndKeepsItsPlace() throws IOException {
    PeerBehavior slow = new PeerBehavior.Slow(32 * 1024, Duration.ofMillis(1));
    try (Peer<SocketChannel> peer = Peer.tcp(slow)) {
      Senders.only(mechanism).send(FileRegion.of(file, 0, 500_000), peer.socket());
      ByteBuffer own = Pattern.buffer(500_000, 1_000_000);
      int writes = 0;
      while (own.hasRemaining()) {
        assertThat(peer.socket().write(own)).as("it waits rather than write nothing").isPositive();
        writes++;
      }
      assertThat(writes).as("each takes what there is room for").isLessThan(1_000);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, 1_500_000));
    }
  }

  private Transfer assertSends(FileRegion region, long position, int length) throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer transfer = Senders.only(mechanism).send(region, peer.socket());
      assertThat(transfer.bytesSent()).isEqualTo(length);
      assertThat(transfer.totalBytes()).isEqualTo(length);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(position, length));
      return transfer;
    }
  }
}
