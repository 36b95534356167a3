package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a transfer tells: its listener while it runs, a recording when it has ended.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class ProgressTest {
  private static final int SIZE = 5_000_007;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @Test
  @Spec("SF-70")
  void aListenerHearsGrowingCountsAndTheLastOne() throws Exception {
    FileSender sender = FileSender.builder().progressInterval(Duration.ZERO).build();
    List<Long> heard = new ArrayList<>();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      sender.send(FileRegion.of(file), peer.socket(), heard::add);
    }
    assertThat(heard).isSorted().doesNotHaveDuplicates().endsWith((long) SIZE);
    assertThat(heard).hasSizeGreaterThan(2);
  }

  @Test
  @Spec("SF-70")
  void aListenerIsCalledAtMostOnceAnIntervalAndAtTheEnd() throws Exception {
    FileSender sender = FileSender.builder().progressInterval(Duration.ofHours(1)).build();
    List<Long> heard = new ArrayList<>();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      sender.send(FileRegion.of(file), peer.socket(), heard::add);
    }
    assertThat(heard).containsExactly((long) SIZE);
  }

  @Test
  @Spec("SF-70")
  void aListenerThatThrowsEndsTheTransferAndIsItsCause() throws Exception {
    FileSender sender = FileSender.builder().progressInterval(Duration.ZERO).build();
    RuntimeException thrown = new IllegalStateException("enough");
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      TransferAbortedException e =
          catchThrowableOfType(
              TransferAbortedException.class,
              () ->
                  sender.send(
                      FileRegion.of(file),
                      peer.socket(),
                      sent -> {
                        throw thrown;
                      }));
      assertThat(e).hasCause(thrown).hasMessageContaining("the progress listener threw");
      assertThat(e.bytesTransferred()).isPositive().isLessThan(SIZE);
      assertThat(peer.socket().isOpen()).isTrue();
      assertThat(peer.finish().count()).isEqualTo(e.bytesTransferred());
    }
  }

  @Test
  @Spec("SF-40")
  void aRecordingHasAnEventPerTransfer() throws Exception {
    Path written = directory.resolve("transfers.jfr");
    FileSender sender = FileSender.builder().stallTimeout(Duration.ofMillis(50)).build();
    try (Recording recording = new Recording()) {
      recording.enable("io.github.jsendfile.Transfer");
      recording.start();
      try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
        FileSender.defaults().send(FileRegion.of(file, 7, 1_000_000), peer.socket());
      }
      try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
        var _ =
            catchThrowableOfType(
                PeerStalledException.class, () -> sender.send(FileRegion.of(file), peer.socket()));
      }
      recording.stop();
      recording.dump(written);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(written);
    assertThat(events).hasSize(2);
    assertThat(events.getFirst().getLong("bytesSent")).isEqualTo(1_000_000);
    assertThat(events.getFirst().getLong("position")).isEqualTo(7);
    assertThat(events.getFirst().getString("mechanism"))
        .isEqualTo(Senders.ofLargePaths(ThreadKind.PLATFORM).word());
    assertThat(events.getFirst().getString("outcome")).isEqualTo("completed");
    assertThat(events.getLast().getString("outcome")).isEqualTo("PeerStalledException");
    assertThat(events.getLast().getDuration("stalledTime"))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }
}
