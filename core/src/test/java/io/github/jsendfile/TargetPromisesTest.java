package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Every cell of the table in [FileSender]: which target ends how promptly.
@ParameterizedClass
@EnumSource(ThreadKind.class)
@ExtendWith(LeakCheck.class)
@Timeout(30)
class TargetPromisesTest {
  @TempDir private Path directory;
  @Parameter private ThreadKind threads;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(8 << 20);
  }

  private static <T extends Throwable> T failure(Running<?> call, Class<T> type) {
    return catchThrowableOfType(type, () -> call.await());
  }

  /// Every cell of the table in [FileSender]: what a target without a channel of the JDK
  /// promises.
  private void limitInterruptAndClose(PeerMaker maker) throws Exception {
    FileSender limited = FileSender.builder().stallTimeout(Duration.ofMillis(200)).build();
    try (Peer<?> peer = maker.make()) {
      assertThat(failure(start(limited, peer.socket()), PeerStalledException.class)).isNotNull();
    }
    try (Peer<?> peer = maker.make()) {
      Running<Transfer> call = start(FileSender.defaults(), peer.socket());
      call.awaitWaitingForPeer();
      try (Prompt _ = Prompt.begin()) {
        call.thread().interrupt();
        call.awaitEnd();
      }
      assertThat(failure(call, TransferAbortedException.class)).isNotNull();
    }
    try (Peer<?> peer = maker.make()) {
      Running<Transfer> call = start(FileSender.defaults(), peer.socket());
      call.awaitWaitingForPeer();
      try (Prompt _ = Prompt.begin()) {
        peer.socket().close();
        call.awaitEnd();
      }
      assertThat(failure(call, TransferAbortedException.class))
          .hasCauseInstanceOf(AsynchronousCloseException.class);
    }
  }

  private interface PeerMaker {
    Peer<? extends Closeable> make() throws IOException;
  }

  private Running<Transfer> start(FileSender sender, Closeable target) {
    FileRegion region = FileRegion.of(file);
    return target instanceof Socket socket
        ? Running.on(threads, () -> sender.send(region, socket))
        : Running.on(threads, () -> sender.send(region, (WritableByteChannel) target));
  }

  @Test
  @Spec("SF-56a")
  void aPlainSocketKeepsItsPromises() throws Exception {
    limitInterruptAndClose(() -> Peer.plainSocket(new PeerBehavior.Stalled(0)));
  }

  @Test
  @Spec("SF-56a")
  void aPipeKeepsItsPromises() throws Exception {
    limitInterruptAndClose(() -> Peer.pipe(new PeerBehavior.Stalled(0)));
  }

  @Test
  @Spec("SF-56a")
  void aUnixDomainSocketKeepsItsPromises() throws Exception {
    limitInterruptAndClose(() -> Peer.unix(new PeerBehavior.Stalled(0)));
  }

  @Test
  @Spec("SF-56a")
  void anyOtherChannelIsLookedAtBetweenChunks() throws Exception {
    AtomicLong ahead = new AtomicLong(); // a limit of real time may pass before the first write
    FileSender sender =
        FileSender.builder()
            .timeout(Duration.ofMinutes(1))
            .clock(() -> System.nanoTime() + ahead.get())
            .build();
    CountDownLatch inWrite = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    OpaqueChannel channel = new OpaqueChannel(inWrite, goOn);
    Running<Transfer> call = Running.on(threads, () -> sender.send(FileRegion.of(file), channel));
    inWrite.await();
    ahead.set(Duration.ofMinutes(2).toNanos());
    goOn.countDown();
    TransferTimeoutException e = failure(call, TransferTimeoutException.class);
    assertThat(e.bytesTransferred()).isEqualTo(64 << 10);
    assertThat(channel.isOpen()).as("closed by the transfer").isTrue();
  }

  /// A channel that says nothing about itself, and holds its first write.
  private record OpaqueChannel(CountDownLatch inWrite, CountDownLatch goOn)
      implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      inWrite.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      int count = source.remaining();
      source.position(source.limit());
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
