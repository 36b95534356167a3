package io.github.jsendfile.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Transfer;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Files that many answers are sent from. That their duplicates are closed in the end, the leak
/// check says.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class HeldFilesTest {
  private static final int SIZE = 100_000;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    assumeTrue(
        NativeAccess.descriptors() != null && NativeAccess.descriptorsAreShown(),
        "SKIPPED: the JDK does not show its descriptors in this run");
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @Test
  @Spec("SF-42")
  void aHeldChannelHasOneDuplicateUntilItIsLetGo() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(HeldFiles.numberOf(channel)).isNegative();
      HeldFiles.hold(channel);
      int number = HeldFiles.numberOf(channel);
      assertThat(number).isNotNegative().isNotEqualTo(JdkDescriptors.numberOf(channel));
      assertThat(HeldFiles.numberOf(channel)).isEqualTo(number);
      HeldFiles.letGo(channel);
      HeldFiles.letGo(channel);
      assertThat(HeldFiles.numberOf(channel)).isNegative();
    }
  }

  /// An interrupt closes a channel under everybody; what they send is still this file.
  @Test
  @Spec({"SF-22", "SF-42"})
  void whatIsSentIsThisFileThoughTheChannelsOwnNumberIsFree() throws IOException {
    FileChannel channel = FileChannel.open(file);
    HeldFiles.hold(channel);
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer done = send(FileRegion.of(channel, 1, SIZE - 1), peer);
      assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
      int number = HeldFiles.numberOf(channel);
      channel.close();
      assertThat(HeldFiles.numberOf(channel)).isEqualTo(number);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(1, SIZE - 1));
    } finally {
      HeldFiles.letGo(channel);
      channel.close();
    }
  }

  @Test
  @Spec({"SF-23", "SF-28"})
  void aRegionThatIsLongerThanTheFileEndsWithIt() throws IOException {
    try (FileChannel channel = FileChannel.open(file);
        Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      HeldFiles.hold(channel);
      try {
        Transfer done = send(FileRegion.of(channel, 0, 2 * SIZE), peer);
        assertThat(done.bytesSent()).isEqualTo(SIZE);
        assertThat(done.endedEarly()).isTrue();
        Transfer all = send(FileRegion.of(channel), peer);
        assertThat(all.bytesSent()).isEqualTo(SIZE);
        assertThat(all.endedEarly()).isFalse();
        assertThat(peer.finish().count()).isEqualTo(2 * SIZE);
      } finally {
        HeldFiles.letGo(channel);
      }
    }
  }

  private static Transfer send(FileRegion region, Peer<SocketChannel> peer) throws IOException {
    return FileSender.defaults().send(region, peer.socket());
  }
}
