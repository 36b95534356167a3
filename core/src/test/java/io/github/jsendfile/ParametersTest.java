package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What is refused because of its numbers, before a byte moves.
@ExtendWith(LeakCheck.class)
@Timeout(30)
@SuppressWarnings({"NullAway", "DataFlowIssue"})
class ParametersTest {
  private static final int SIZE = 100_000;

  @TempDir Path directory;
  private Path file;
  private FileChannel channel;
  private Peer<SocketChannel> peer;

  @BeforeEach
  void connect() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
    channel = FileChannel.open(file);
    peer = Peer.tcp(new PeerBehavior.Fast());
  }

  @AfterEach
  void disconnect() throws IOException {
    peer.close();
    channel.close();
  }

  @Test
  @Spec("SF-1")
  void nullIsNamed() throws IOException {
    SocketChannel socket = peer.socket();
    assertNames("socket", () -> Sendfile.send((SocketChannel) null, file));
    assertNames("socket", () -> Sendfile.send((Socket) null, file));
    assertNames("socket", () -> Sendfile.send(null, channel));
    assertNames("socket", () -> Sendfile.send(null, channel, -1, -1));
    assertNames("file", () -> Sendfile.send(socket, (Path) null));
    assertNames("file", () -> Sendfile.send(socket, (FileChannel) null));
    assertNames("file", () -> Sendfile.send(socket, (Path) null, -1, -1));
    assertNames("path", () -> FileRegion.of((Path) null));
    assertNames("channel", () -> FileRegion.of((SeekableByteChannel) null));
    assertNames("stream", () -> FileRegion.of((InputStream) null));
    assertNothingSent();
  }

  @Test
  @Spec("SF-1")
  void nullIsNamedByTheConfiguredFormToo() throws IOException {
    FileSender sender = FileSender.defaults();
    FileRegion region = FileRegion.of(file);
    SocketChannel socket = peer.socket();
    assertNames("target", () -> sender.send(region, (WritableByteChannel) null));
    assertNames("socket", () -> sender.send(region, (Socket) null));
    assertNames("payload", () -> sender.send(null, socket));
    assertNames("payload", () -> sender.sendAsync(null, socket));
    assertNames("target", () -> sender.sendAsync(region, null));
    assertNames("progress", () -> sender.send(region, socket, (LongConsumer) null));
    assertNames("parts[1]", () -> Payload.of(region, null));
    assertNothingSent();
  }

  @Test
  @Spec("SF-2")
  void negativePositionIsNamed() throws IOException {
    assertRefuses("position is -1", () -> FileRegion.of(file, -1, 5));
    assertRefuses("position is -7", () -> FileRegion.of(file, -7, -5));
    assertRefuses("position is -1", () -> FileRegion.of(channel, -1, 5));
    assertRefuses("position is -1", () -> FileRegion.of(InputStream.nullInputStream(), -1, 5));
    assertRefuses("position is -2", () -> Sendfile.send(peer.socket(), file, -2, 1));
    assertRefuses("position is -2", () -> Sendfile.send(peer.socket(), channel, -2, 0));
    assertNothingSent();
  }

  @Test
  @Spec("SF-3")
  void negativeLengthIsNamed() throws IOException {
    assertRefuses("length is -1", () -> FileRegion.of(file, 0, -1));
    assertRefuses("length is -1", () -> FileRegion.of(channel, 0, -1));
    assertRefuses("length is -1", () -> Sendfile.send(peer.socket(), file, 0, -1));
    assertRefuses("length is -9", () -> Sendfile.send(peer.socket(), channel, 0, -9));
    assertNothingSent();
  }

  @Test
  @Spec("SF-3")
  void lengthZeroIsForRegionsOnly() throws IOException {
    assertRefuses("length is 0", () -> Sendfile.send(peer.socket(), file, 0, 0));
    assertRefuses("length is 0", () -> Sendfile.send(peer.socket(), channel, 0, 0));
    Transfer transfer = FileSender.defaults().send(FileRegion.of(file, 0, 0), peer.socket());
    assertThat(transfer.bytesSent()).isZero();
    assertThat(transfer.endedEarly()).isFalse();
    assertNothingSent();
  }

  @Test
  @Spec({"SF-1", "SF-2", "SF-3"})
  void numbersAreCheckedBeforeTheSocketIsLookedAt() throws IOException {
    peer.socket().close();
    assertRefuses("position is -1", () -> Sendfile.send(peer.socket(), file, -1, 1));
    assertRefuses("length is 0", () -> Sendfile.send(peer.socket(), channel, 0, 0));
  }

  @Test
  @Spec("SF-4")
  void hugeLengthsSendToTheEnd() throws IOException {
    SocketChannel socket = peer.socket();
    assertThat(Sendfile.send(socket, file, 0, Long.MAX_VALUE)).isEqualTo(SIZE);
    assertThat(Sendfile.send(socket, file, 99_990, Long.MAX_VALUE)).isEqualTo(10);
    assertThat(Sendfile.send(socket, channel, 99_995, Long.MAX_VALUE - 1)).isEqualTo(5);
    assertThat(Sendfile.send(socket, channel, Long.MAX_VALUE, Long.MAX_VALUE)).isZero();
    for (Mechanism mechanism : Senders.mechanisms()) {
      FileRegion region = FileRegion.of(file, SIZE - 1, Long.MAX_VALUE - 10);
      assertThat(Senders.only(mechanism).send(region, socket).bytesSent()).isEqualTo(1);
    }
    assertThat(peer.finish().count()).isEqualTo(SIZE + 15 + Senders.mechanisms().size());
  }

  @Test
  @Spec("SF-11")
  void datagramsAreNotExpressible() throws NoSuchMethodException {
    // a DatagramChannel is a WritableByteChannel, so only the seed's call can refuse it by type
    for (var method : Sendfile.class.getDeclaredMethods()) {
      if (method.getName().equals("send")) {
        assertThat(method.getParameterTypes()[0]).isIn(SocketChannel.class, Socket.class);
      }
    }
    assertThat(
            FileSender.class.getMethod("begin", Payload.class, SocketChannel.class).getReturnType())
        .isEqualTo(TransferStep.class);
  }

  @Test
  @Spec("SF-11")
  void unixDomainSocketsAreExpressible() throws IOException {
    try (Peer<SocketChannel> unix =
        Peer.at(ConnectedPair.unix(Buffers.AUTOMATIC), new PeerBehavior.Fast())) {
      assertThat(Sendfile.send(unix.socket(), file)).isEqualTo(SIZE);
      assertThat(unix.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
    }
  }

  private static void assertNames(String name, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageContaining(name);
  }

  private static void assertRefuses(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private void assertNothingSent() throws IOException {
    assertThat(peer.finish().count()).isZero();
  }

  @Test
  @Spec("SF-11")
  void datagramChannelIsRefused() throws IOException {
    FileRegion region = FileRegion.of(Path.of("never opened"));
    try (DatagramChannel datagrams = DatagramChannel.open()) {
      assertThatThrownBy(() -> FileSender.defaults().send(region, datagrams))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("datagram");
    }
  }
}
