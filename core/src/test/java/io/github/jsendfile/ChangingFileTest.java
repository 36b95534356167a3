package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.CpuTime;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that change while they are sent: on every mechanism. The change is made by the progress
/// listener, when some bytes have moved and the peer's buffers keep the rest from moving.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@MethodSource("io.github.jsendfile.Senders#mechanisms")
@Timeout(30)
class ChangingFileTest {
  private static final int SIZE = 1024 * 1024;
  private static final int LEFT = 700_000;

  @Parameter Mechanism mechanism;

  @TempDir Path directory;
  private Path file;
  private FileSender sender;

  private interface Change {
    void make() throws IOException;
  }

  @BeforeEach
  void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
    sender = Senders.only(mechanism).toBuilder().progressInterval(Duration.ZERO).build();
  }

  @Test
  @Spec("SF-27")
  void newBytesOfAGrowingFileAreSent() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      Change grow = () -> OddFiles.append(file, 300_000);
      Transfer transfer =
          sender.send(FileRegion.of(file), peer.socket(), onceThenRelease(peer, grow));
      assertThat(transfer.bytesSent()).isEqualTo(SIZE + 300_000);
      assertThat(transfer.endedEarly()).isFalse();
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE + 300_000));
    }
  }

  @Test
  @Spec("SF-27")
  void lengthBoundsAGrowingFile() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      Change grow = () -> OddFiles.append(file, 300_000);
      FileRegion region = FileRegion.of(file, 0, SIZE + 5);
      Transfer transfer = sender.send(region, peer.socket(), onceThenRelease(peer, grow));
      assertThat(transfer.bytesSent()).isEqualTo(SIZE + 5);
      assertThat(peer.finish().count()).isEqualTo(SIZE + 5);
    }
  }

  @Test
  @Spec("SF-28")
  void shrinkingFileEndsShort() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      Change shrink = () -> OddFiles.truncate(file, LEFT);
      Duration before = CpuTime.ofThisThread();
      Transfer transfer =
          sender.send(FileRegion.of(file), peer.socket(), onceThenRelease(peer, shrink));
      assertThat(CpuTime.ofThisThread().minus(before))
          .as("CPU time, which a loop that spins would use up")
          .isLessThan(Duration.ofSeconds(1));
      assertThat(transfer.bytesSent()).isEqualTo(LEFT);
      assertThat(transfer.endedEarly()).isTrue();
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, LEFT));
    }
  }

  @Test
  @Spec("SF-28")
  void shrinkingFileFailsWhereExactlyIsAsked() throws IOException {
    FileSender exact = sender.toBuilder().exactly().build();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      Change shrink = () -> OddFiles.truncate(file, LEFT);
      FileTruncatedException failure =
          catchThrowableOfType(
              FileTruncatedException.class,
              () -> exact.send(FileRegion.of(file), peer.socket(), onceThenRelease(peer, shrink)));
      assertThat(failure.bytesTransferred()).isEqualTo(LEFT);
      assertThat(failure.mechanism()).isEqualTo(mechanism);
      assertThat(peer.socket().isOpen()).isTrue();
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, LEFT));
    }
  }

  @Test
  @Spec("SF-28")
  void fileCutBehindWhatWasSentEndsThere() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      Change shrink = () -> OddFiles.truncate(file, 0);
      Transfer transfer =
          sender.send(FileRegion.of(file), peer.socket(), onceThenRelease(peer, shrink));
      assertThat(transfer.bytesSent()).isLessThan(SIZE);
      assertThat(transfer.endedEarly()).isTrue();
      assertThat(peer.finish().count()).isEqualTo(transfer.bytesSent());
    }
  }

  @Test
  @Spec("SF-28")
  void fileThatIsTooShortFromTheBeginningFailsWhereExactlyIsAsked() throws IOException {
    FileSender exact = sender.toBuilder().exactly().build();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      FileTruncatedException failure =
          catchThrowableOfType(
              FileTruncatedException.class,
              () -> exact.send(FileRegion.of(file, 10, SIZE), peer.socket()));
      assertThat(failure.bytesTransferred()).isEqualTo(SIZE - 10);
    }
  }

  @Test
  @Spec("SF-34")
  void bytesThatWaitGoOutChangedUnlessTheyWereCopied() throws IOException {
    assumeTrue(
        mechanism != Mechanism.CHANNEL_TRANSFER
            || mechanism.availability().detail().contains("sendfile(2)"),
        "SKIPPED: the JDK has no zero-copy here");
    int size = 128 * 1024; // more than a small file, less than the buffers hold
    Path small = OddFiles.in(directory).ofSize(size);
    ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(new Buffers(2 * size, 2 * size));
    try (Peer<SocketChannel> peer = Peer.at(pair, new PeerBehavior.Stalled(0))) {
      sender.send(FileRegion.of(small), peer.socket());
      try (FileChannel writer = FileChannel.open(small, StandardOpenOption.WRITE)) {
        writer.write(ByteBuffer.allocate(size), 0);
      }
      Reception reception = peer.finish();
      assertThat(reception.count()).isEqualTo(size);
      byte[] original = Pattern.bytes(0, size);
      if (mechanism == Mechanism.BUFFERED_COPY) {
        assertThat(reception.content()).isEqualTo(original);
      } else {
        assertThat(reception.content()).isNotEqualTo(original);
      }
    }
  }

  private static LongConsumer onceThenRelease(Peer<?> peer, Change change) {
    AtomicBoolean done = new AtomicBoolean();
    return count -> {
      if (!done.getAndSet(true)) {
        assertThat(count).as("sent before the change").isBetween(1L, (long) LEFT - 1);
        try {
          change.make();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        peer.release();
      }
    };
  }
}
