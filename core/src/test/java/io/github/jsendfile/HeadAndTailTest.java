package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Buffers around the file: on every mechanism.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@MethodSource("io.github.jsendfile.Senders#mechanisms")
@Timeout(30)
@Spec("SF-30")
class HeadAndTailTest {
  private static final int SIZE = 1024 * 1024;
  private static final long HEAD = 1L << 40; // where in the pattern a head is taken from
  private static final long TAIL = 1L << 41;

  @Parameter Mechanism mechanism;

  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 200, 16_384, 65_536, 300_000})
  void headFileAndTailArriveInOrder(int buffered) throws IOException {
    for (int length : new int[] {0, 1, 4096, 40_000, SIZE}) {
      ByteBuffer head = Pattern.buffer(HEAD, buffered);
      ByteBuffer tail = Pattern.buffer(TAIL, buffered);
      Payload payload = Payload.of(head, FileRegion.of(file, 0, length), tail);
      Transfer transfer =
          assertSends(
              payload,
              Pattern.bytes(HEAD, buffered),
              Pattern.bytes(0, length),
              Pattern.bytes(TAIL, buffered));
      assertThat(transfer.bytesSent()).isEqualTo(length);
      assertThat(head.hasRemaining()).isFalse();
      assertThat(tail.hasRemaining()).isFalse();
    }
  }

  @Test
  void regionsAndBuffersMayAlternate() throws IOException {
    FileRegion large = FileRegion.of(file, 5, 500_000);
    FileRegion small = FileRegion.of(file, 9, 90);
    ByteBuffer between = Pattern.buffer(HEAD, 77);
    Payload payload =
        Payload.of(large, between, small, small, Pattern.buffer(TAIL, 3), large, small);
    Transfer transfer =
        assertSends(
            payload,
            Pattern.bytes(5, 500_000),
            Pattern.bytes(HEAD, 77),
            Pattern.bytes(9, 90),
            Pattern.bytes(9, 90),
            Pattern.bytes(TAIL, 3),
            Pattern.bytes(5, 500_000),
            Pattern.bytes(9, 90));
    assertThat(transfer.bytesSent()).isEqualTo(1_000_270);
  }

  @Test
  void moreBuffersThanOneWriteTakes() throws IOException {
    List<Object> parts = new ArrayList<>();
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      parts.add(Pattern.buffer(HEAD + i, 10));
      expected.add(Pattern.bytes(HEAD + i, 10));
    }
    parts.add(FileRegion.of(file, 0, 100));
    expected.add(Pattern.bytes(0, 100));
    assertSends(Payload.of(parts.toArray()), expected.toArray(byte[][]::new));
  }

  @Test
  void partOfABufferAndReadOnlyAndDirectOnes() throws IOException {
    ByteBuffer part = Pattern.buffer(HEAD, 100).position(10).limit(90).asReadOnlyBuffer();
    ByteBuffer direct = ByteBuffer.allocateDirect(50).put(Pattern.bytes(TAIL, 50)).flip();
    assertSends(
        Payload.of(part, FileRegion.of(file, 0, 10), direct),
        Pattern.bytes(HEAD + 10, 80),
        Pattern.bytes(0, 10),
        Pattern.bytes(TAIL, 50));
    assertThat(part.position()).isEqualTo(90);
    assertThat(direct.position()).isEqualTo(50);
  }

  @Test
  void nothingButBuffersAndNothingAtAll() throws IOException {
    assertSends(Payload.of(Pattern.buffer(HEAD, 10)), Pattern.bytes(HEAD, 10));
    assertSends(Payload.of());
  }

  /// A head that leaves in a segment of its own wakes the reader, which waits in `read`, and
  /// shows as a first read of the head alone; not every time, so it is tried often.
  @Test
  void smallHeadAndFirstFileBytesArriveTogether() throws IOException {
    for (int length : new int[] {1_000, 4_096, SIZE}) {
      for (int round = 0; round < 30; round++) {
        try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
          Payload payload = Payload.of(Pattern.buffer(HEAD, 200), FileRegion.of(file, 0, length));
          Senders.preferring(mechanism).send(payload, peer.socket());
          assertThat(peer.finish().firstRead()).isGreaterThanOrEqualTo(200 + 1_000);
        }
      }
    }
  }

  /// What a channel is given shows it without chance.
  @Test
  void headAndFirstBytesAndTailOfASmallFileAreOneWrite() throws IOException {
    try (RecordingChannel channel = new RecordingChannel()) {
      Payload payload =
          Payload.of(
              Pattern.buffer(HEAD, 200), FileRegion.of(file, 0, 4_096), Pattern.buffer(TAIL, 10));
      Senders.preferring(mechanism).send(payload, channel);
      assertThat(channel.writes).containsExactly(200L + 4_096 + 10);
    }
  }

  @Test
  @Spec("SF-40")
  void positionsShowWhatWasTakenWhenTheTransferFails() throws Exception {
    Senders.assumeServesUnixSockets(mechanism);
    ByteBuffer head = Pattern.buffer(HEAD, 400_000);
    ByteBuffer tail = Pattern.buffer(TAIL, 10);
    FileSender sender =
        Senders.only(mechanism).toBuilder().stallTimeout(Duration.ofMillis(100)).build();
    Payload payload = Payload.of(head, FileRegion.of(file), tail);
    try (Peer<SocketChannel> peer = Peer.unix(new PeerBehavior.Stalled(10_000))) {
      PeerStalledException failure =
          catchThrowableOfType(
              PeerStalledException.class,
              () -> ThreadKind.VIRTUAL.run(() -> sender.send(payload, peer.socket())));
      assertThat(failure.bytesTransferred()).isZero();
      assertThat(head.position()).isEqualTo((int) peer.awaitEnd().count());
      assertThat(tail.position()).isZero();
    }
  }

  private Transfer assertSends(Payload payload, byte[]... expected) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(expected).forEach(all::writeBytes);
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer transfer = Senders.only(mechanism).send(payload, peer.socket());
      assertThat(transfer.totalBytes()).isEqualTo(all.size());
      assertThat(peer.finish().content()).isEqualTo(all.toByteArray());
      return transfer;
    }
  }

  private static final class RecordingChannel implements GatheringByteChannel {
    private final List<Long> writes = new ArrayList<>();
    private boolean open = true;

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      long count = 0;
      for (ByteBuffer source : Arrays.asList(sources).subList(offset, offset + length)) {
        count += source.remaining();
        source.position(source.limit());
      }
      writes.add(count);
      return count;
    }

    @Override
    public long write(ByteBuffer[] sources) {
      return write(sources, 0, sources.length);
    }

    @Override
    public int write(ByteBuffer source) {
      return (int) write(new ByteBuffer[] {source});
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
