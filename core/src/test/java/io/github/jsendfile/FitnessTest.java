package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What is refused because the socket or the file is not fit, before a byte moves: on every
/// mechanism.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@MethodSource("io.github.jsendfile.Senders#mechanisms")
@Timeout(30)
class FitnessTest {
  private static final int SIZE = 100_000;

  @Parameter Mechanism mechanism;

  @TempDir Path directory;
  private Path file;
  private Path empty;
  private FileSender sender;
  private Peer<SocketChannel> peer;

  @BeforeEach
  void connect() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
    empty = OddFiles.in(directory).ofSize(0);
    sender = Senders.preferring(mechanism);
    peer = Peer.tcp(new PeerBehavior.Fast());
  }

  @AfterEach
  void disconnect() throws IOException {
    peer.close();
  }

  @Test
  @Spec("SF-5")
  void closedSocket() throws IOException {
    peer.socket().close();
    assertRefused(ClosedChannelException.class, file);
    assertRefused(ClosedChannelException.class, empty);
    assertThatThrownBy(() -> Sendfile.send(peer.socket(), file))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  @Spec("SF-5")
  void socketShutDownForOutput() throws IOException {
    peer.socket().shutdownOutput();
    assertRefused(ClosedChannelException.class, file);
    assertRefused(ClosedChannelException.class, empty);
    assertThat(peer.socket().isOpen()).isTrue();
  }

  @Test
  @Spec("SF-5")
  void closedSocketIsFoundBeforeTheFileIsLookedFor() throws IOException {
    peer.socket().close();
    assertRefused(ClosedChannelException.class, OddFiles.in(directory).missing());
  }

  @Test
  @Spec("SF-6")
  void socketNotConnected() throws IOException {
    try (SocketChannel socket = SocketChannel.open()) {
      assertRefused(NotYetConnectedException.class, () -> sender.send(region(file), socket));
      assertRefused(NotYetConnectedException.class, () -> sender.send(region(empty), socket));
      assertRefused(NotYetConnectedException.class, () -> Sendfile.send(socket, file));
      assertRefused(
          NotYetConnectedException.class, () -> sender.send(region(file), socket.socket()));
      assertThat(socket.isOpen()).isTrue();
    }
  }

  @Test
  @Spec("SF-7")
  void nonBlockingSocket() throws IOException {
    SocketChannel socket = peer.socket();
    socket.configureBlocking(false);
    assertRefused(IllegalBlockingModeException.class, file);
    assertRefused(IllegalBlockingModeException.class, empty);
    assertRefused(IllegalBlockingModeException.class, () -> Sendfile.send(socket, empty));
    assertRefused(
        IllegalBlockingModeException.class, () -> Sendfile.send(socket, file, SIZE + 5, 1));
    assertThatThrownBy(() -> sender.sendAsync(region(file), socket).get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalBlockingModeException.class);
    assertThat(socket.isOpen()).isTrue();
    assertNothingSent();
  }

  @Test
  @Spec("SF-8")
  void fileNotOpenForReading() throws IOException {
    for (Path path : List.of(file, empty)) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        assertRefused(
            NonReadableChannelException.class,
            () -> sender.send(FileRegion.of(channel), peer.socket()));
        assertRefused(
            NonReadableChannelException.class, () -> Sendfile.send(peer.socket(), channel));
      }
    }
    assertNothingSent();
  }

  @Test
  @Spec("SF-9")
  void fileClosed() throws IOException {
    FileChannel channel = FileChannel.open(file);
    channel.close();
    assertRefused(
        ClosedChannelException.class, () -> sender.send(FileRegion.of(channel), peer.socket()));
    assertRefused(ClosedChannelException.class, () -> Sendfile.send(peer.socket(), channel));
    assertNothingSent();
  }

  @Test
  @Spec("SF-10")
  void fileMissing() throws IOException {
    assertRefused(NoSuchFileException.class, OddFiles.in(directory).missing());
    assertNothingSent();
  }

  @Test
  @Spec("SF-10")
  void directoryInsteadOfAFile() throws IOException {
    Path folder = OddFiles.in(directory).directory();
    assertThatThrownBy(() -> sender.send(region(folder), peer.socket()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("is a directory")
        .hasMessageContaining(folder.toString());
    assertNothingSent();
  }

  @Test
  @Spec("SF-10")
  void fileNotPermitted() throws IOException {
    Path forbidden = OddFiles.in(directory).unreadable();
    assumeTrue(
        !Files.isReadable(forbidden),
        "SKIPPED: this test needs a user whom file modes bind, and root is none");
    assertRefused(AccessDeniedException.class, forbidden);
    assertNothingSent();
  }

  @Test
  @Spec("SF-10")
  void fileNotPermittedEvenToRoot() throws IOException {
    assumeTrue(
        Files.exists(OddFiles.UNREADABLE_EVEN_FOR_ROOT),
        "SKIPPED: this test needs the sysfs of Linux");
    assertRefused(AccessDeniedException.class, OddFiles.UNREADABLE_EVEN_FOR_ROOT);
    assertNothingSent();
  }

  @Test
  @Spec({"SF-10", "SF-30"})
  void headDoesNotLeaveBeforeTheFileIsFound() throws IOException {
    Payload payload =
        Payload.of(ByteBuffer.wrap(new byte[10]), region(OddFiles.in(directory).missing()));
    assertRefused(NoSuchFileException.class, () -> sender.send(payload, peer.socket()));
    assertNothingSent();
  }

  private static FileRegion region(Path path) {
    return FileRegion.of(path);
  }

  private void assertRefused(Class<? extends Throwable> type, Path path) {
    assertRefused(type, () -> sender.send(region(path), peer.socket()));
  }

  private static void assertRefused(Class<? extends Throwable> type, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(type).isNotInstanceOf(TransferException.class);
  }

  private void assertNothingSent() throws IOException {
    assertThat(peer.finish().count()).isZero();
  }
}
