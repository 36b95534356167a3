package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Sparse files beyond what an int and an unsigned int can count: on every mechanism.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@MethodSource("io.github.jsendfile.Senders#mechanisms")
@Timeout(60)
@Spec("SF-29")
class LargeFileTest {
  private static final long FOUR_GIB = 1L << 32;
  private static final int MARK = OddFiles.MARK_BYTES;

  @Parameter Mechanism mechanism;

  @TempDir static Path directory;
  private static Path fourGib;

  @BeforeAll
  static void makeFile() throws IOException {
    Path folder = OddFiles.in(directory).directory();
    fourGib = OddFiles.in(folder).sparse(FOUR_GIB + 4097);
  }

  @Test
  void moreThanFourGibAreSentWhole() throws IOException {
    Reception reception = send(FileRegion.of(fourGib));
    assertThat(reception.count()).isEqualTo(FOUR_GIB + 4097);
    assertThat(Arrays.copyOf(reception.content(), MARK)).isEqualTo(Pattern.bytes(0, MARK));
    assertThat(reception.last()).isEqualTo(Pattern.bytes(FOUR_GIB + 4097 - MARK, MARK));
  }

  @Test
  void positionsBeyondFourGibAreRight() throws IOException {
    Reception reception = send(FileRegion.of(fourGib, FOUR_GIB, Long.MAX_VALUE));
    assertThat(reception.count()).isEqualTo(4097);
    assertThat(reception.last()).isEqualTo(Pattern.bytes(FOUR_GIB + 4097 - MARK, MARK));
  }

  private Reception send(FileRegion region) throws IOException {
    ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(Buffers.AUTOMATIC);
    try (Peer<SocketChannel> peer = Peer.at(pair, new PeerBehavior.Fast())) {
      Transfer transfer = Senders.only(mechanism).send(region, peer.socket());
      Reception reception = peer.finish();
      assertThat(transfer.bytesSent()).isEqualTo(reception.count());
      return reception;
    }
  }
}
