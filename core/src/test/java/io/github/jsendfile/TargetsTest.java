package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Targets that are no socket channel: copied, by the same rules, but for plain sockets where the
/// kernel can be called.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource(ThreadKind.class)
@Timeout(30)
@Spec("SF-32")
class TargetsTest {
  private static final int SIZE = 1024 * 1024;
  private static final int STOPS_AFTER = 100_000;
  private static final FileSender SENDER = FileSender.defaults();

  @Parameter ThreadKind thread;

  @TempDir static Path directory;
  private static Path file;

  static List<PeerBehavior> patient() {
    return PeerBehavior.all().stream().filter(PeerBehavior::takesEverything).toList();
  }

  static List<PeerBehavior> vanishing() {
    return List.of(
        new PeerBehavior.ResetsMidway(STOPS_AFTER), new PeerBehavior.ClosesEarly(STOPS_AFTER));
  }

  @BeforeAll
  static void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @ParameterizedTest
  @MethodSource("patient")
  void plainSocketGetsAll(PeerBehavior behavior) throws Exception {
    try (Peer<Socket> peer = Peer.plainSocket(behavior)) {
      assertThat(peer.socket().getChannel()).isNull();
      Transfer done = thread.run(() -> SENDER.send(FileRegion.of(file), peer.socket()));
      assertThat(done.mechanism()).isEqualTo(Senders.ofPlainSockets());
      assertThat(done.bytesSent()).isEqualTo(done.totalBytes());
      assertComplete(peer.finish());
      assertThat(peer.socket().isClosed()).isFalse();
    }
  }

  @Test
  void plainSocketByTheSeedsCall() throws Exception {
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      assertThat(thread.run(() -> Sendfile.send(peer.socket(), file))).isEqualTo(SIZE);
      assertComplete(peer.finish());
    }
  }

  @ParameterizedTest
  @MethodSource("vanishing")
  @Spec({"SF-43", "SF-57"})
  void plainSocketWhosePeerGoesAway(PeerBehavior behavior) throws Exception {
    try (Peer<Socket> peer = Peer.plainSocket(behavior)) {
      PeerClosedException failure =
          catchThrowableOfType(
              PeerClosedException.class,
              () -> thread.run(() -> SENDER.send(FileRegion.of(file), peer.socket())));
      assertThat(failure.bytesTransferred())
          .isBetween(peer.awaitEnd().count() - 16 * 1024, (long) SIZE - 1);
      assertThat(peer.socket().isClosed()).isFalse();
    }
  }

  @Test
  @Spec({"SF-5", "SF-6"})
  void plainSocketThatIsNotFit() throws Exception {
    FileRegion region = FileRegion.of(file);
    try (Socket unconnected = new Socket()) {
      assertThatThrownBy(() -> thread.run(() -> SENDER.send(region, unconnected)))
          .isInstanceOf(NotYetConnectedException.class);
    }
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      peer.socket().shutdownOutput();
      assertThatThrownBy(() -> thread.run(() -> SENDER.send(region, peer.socket())))
          .isInstanceOf(ClosedChannelException.class);
      peer.socket().close();
      assertThatThrownBy(() -> thread.run(() -> SENDER.send(region, peer.socket())))
          .isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void socketOfAChannelIsServedLikeTheChannel() throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer transfer =
          thread.run(() -> SENDER.send(FileRegion.of(file), peer.socket().socket()));
      assertThat(transfer.mechanism()).isEqualTo(Senders.ofLargePaths(thread));
      assertComplete(peer.finish());
    }
  }

  @ParameterizedTest
  @MethodSource("patient")
  void pipeGetsAll(PeerBehavior behavior) throws Exception {
    try (Peer<Pipe.SinkChannel> peer = Peer.pipe(behavior)) {
      assertCopied(thread.run(() -> SENDER.send(FileRegion.of(file), peer.socket())));
      assertComplete(peer.finish());
    }
  }

  @ParameterizedTest
  @MethodSource("vanishing")
  @Spec({"SF-43", "SF-57"})
  void pipeWhoseReaderGoesAway(PeerBehavior behavior) throws Exception {
    try (Peer<Pipe.SinkChannel> peer = Peer.pipe(behavior)) {
      PeerClosedException failure =
          catchThrowableOfType(
              PeerClosedException.class,
              () -> thread.run(() -> SENDER.send(FileRegion.of(file), peer.socket())));
      assertThat(failure.bytesTransferred()).isBetween((long) STOPS_AFTER, (long) SIZE - 1);
    }
  }

  @Test
  void anotherFileGetsAll() throws Exception {
    Path copy = directory.resolve("copy-" + thread);
    try (FileChannel target =
        FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      target.write(ByteBuffer.wrap(new byte[] {42}));
      assertCopied(thread.run(() -> SENDER.send(FileRegion.of(file, 9, 99_991), target)));
      assertThat(target.position()).isEqualTo(99_992);
    }
    byte[] content = Files.readAllBytes(copy);
    assertThat(content).hasSize(99_992).startsWith(42, Pattern.at(9), Pattern.at(10));
    assertThat(content).endsWith(Pattern.bytes(90_000, 10_000));
  }

  @Test
  void customChannelGetsAll() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WritableByteChannel channel = Channels.newChannel(bytes);
    assertCopied(thread.run(() -> SENDER.send(FileRegion.of(file), channel)));
    assertThat(bytes.toByteArray()).isEqualTo(Pattern.bytes(0, SIZE));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void channelThatTakesLittleAndSometimesNothing() throws Exception {
    Reluctant channel = new Reluctant(SIZE);
    assertCopied(thread.run(() -> SENDER.send(FileRegion.of(file), channel)));
    assertThat(channel.taken.toByteArray()).isEqualTo(Pattern.bytes(0, SIZE));
  }

  @Test
  @Spec("SF-43")
  void channelThatFailsIsNoPeerThatWentAway() throws Exception {
    Reluctant channel = new Reluctant(STOPS_AFTER);
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> thread.run(() -> SENDER.send(FileRegion.of(file), channel)));
    assertThat(failure).isNotInstanceOf(PeerClosedException.class);
    assertThat(failure).hasRootCauseMessage("no room");
    assertThat(failure.bytesTransferred()).isEqualTo(STOPS_AFTER);
  }

  @Test
  @Spec("SF-5")
  void closedCustomChannel() throws Exception {
    WritableByteChannel channel = Channels.newChannel(new ByteArrayOutputStream());
    channel.close();
    assertThatThrownBy(() -> thread.run(() -> SENDER.send(FileRegion.of(file), channel)))
        .isInstanceOf(ClosedChannelException.class)
        .isNotInstanceOf(TransferException.class);
  }

  private static void assertCopied(Transfer transfer) {
    assertThat(transfer.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
    assertThat(transfer.bytesSent()).isEqualTo(transfer.totalBytes());
  }

  private static void assertComplete(Reception reception) {
    assertThat(reception.content()).isEqualTo(Pattern.bytes(0, SIZE));
  }

  /// Takes odd pieces, now and then nothing, and fails when it is full.
  private static final class Reluctant implements WritableByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int room;
    private int writes;

    Reluctant(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      if (taken.size() == room) {
        throw new IOException("no room");
      }
      writes++;
      int wanted = writes % 10 == 0 ? 0 : Math.min(source.remaining(), 50_000 - writes);
      byte[] piece = new byte[Math.min(wanted, room - taken.size())];
      source.get(piece);
      taken.writeBytes(piece);
      return piece.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
