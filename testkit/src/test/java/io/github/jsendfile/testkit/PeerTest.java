package io.github.jsendfile.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Reception.Ending;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
@Timeout(30)
class PeerTest {
  private static final int SIZE = 512 * 1024;

  static List<PeerBehavior> patient() {
    return PeerBehavior.all().stream().filter(PeerBehavior::takesEverything).toList();
  }

  static List<PeerBehavior> closing() {
    return List.of(new PeerBehavior.ResetsMidway(1000), new PeerBehavior.ClosesEarly(1000));
  }

  @ParameterizedTest
  @MethodSource("patient")
  void recordsAllThatIsSentOverTcp(PeerBehavior behavior) throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(behavior)) {
      peer.socket().write(Pattern.buffer(0, SIZE));
      assertHasAll(peer.finish());
    }
  }

  @ParameterizedTest
  @MethodSource("patient")
  void recordsAllThatIsSentOverUnixDomain(PeerBehavior behavior) throws IOException {
    try (Peer<SocketChannel> peer = Peer.unix(behavior)) {
      peer.socket().write(Pattern.buffer(0, SIZE));
      assertHasAll(peer.finish());
    }
  }

  @Test
  void recordsWhatComesThroughAPipe() throws IOException {
    try (Peer<Pipe.SinkChannel> peer = Peer.pipe(new PeerBehavior.Fast())) {
      peer.socket().write(Pattern.buffer(0, SIZE));
      assertHasAll(peer.finish());
    }
  }

  @Test
  void recordsWhatComesFromAPlainSocket() throws IOException {
    try (var peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      peer.socket().getOutputStream().write(Pattern.bytes(0, SIZE));
      assertHasAll(peer.finish());
    }
  }

  @Test
  void stalledPeerReadsOnlyAfterItsRelease() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(1000))) {
      peer.socket().configureBlocking(false);
      ByteBuffer bytes = Pattern.buffer(0, 4 * SIZE);
      peer.socket().write(bytes);
      peer.awaitCount(1000);
      assertThat(peer.socket().write(bytes)).isLessThan(4 * SIZE - 1000);
      assertThat(peer.reception().count()).isEqualTo(1000);

      Reception reception = peer.finish();
      assertThat(reception.count()).isEqualTo(bytes.position());
      assertThat(reception.ending()).isEqualTo(Ending.END_OF_STREAM);
    }
  }

  @ParameterizedTest
  @MethodSource("closing")
  void closingPeerFailsTheSender(PeerBehavior behavior) throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(behavior)) {
      SocketChannel socket = peer.socket();
      assertThatThrownBy(() -> writeForEver(socket)).isInstanceOf(IOException.class);
      Reception reception = peer.awaitEnd();
      assertThat(reception.count()).isEqualTo(1000);
      assertThat(reception.ending()).isEqualTo(Ending.OWN);
    }
  }

  @Test
  void halfClosedPeerHasEndedItsOutput() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.HalfClosed())) {
      assertThat(peer.socket().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void keepsTheFirstAndTheLastOfALongStream() throws IOException {
    int size = 3 * 1024 * 1024 + 5;
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      peer.socket().write(Pattern.buffer(0, size));
      Reception reception = peer.finish();
      assertThat(reception.count()).isEqualTo(size);
      assertThat(reception.content()).isEqualTo(Pattern.bytes(0, Reception.KEPT_BYTES));
      assertThat(reception.last())
          .isEqualTo(Pattern.bytes(size - Reception.LAST_BYTES, Reception.LAST_BYTES));
    }
  }

  private static void writeForEver(SocketChannel socket) throws IOException {
    while (true) {
      socket.write(Pattern.buffer(0, SIZE));
    }
  }

  private static void assertHasAll(Reception reception) {
    assertThat(reception.content()).isEqualTo(Pattern.bytes(0, SIZE));
    assertThat(reception.count()).isEqualTo(SIZE);
    assertThat(reception.ending()).isEqualTo(Ending.END_OF_STREAM);
  }
}
