package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Receiving no faster than allowed. Only lower bounds of time are looked at.
@ExtendWith(LeakCheck.class)
class ReceiveRateTest {
  private static final int BYTES = 600_000;

  @TempDir Path directory;
  private final byte[] content = new byte[BYTES];

  @Test
  @Spec({"SF-71", "FT-42"})
  void keepsARate() throws Exception {
    new Random(8).nextBytes(content);
    FileReceiver receiver =
        FileReceiver.builder().rateLimit(RateLimit.bytesPerSecond(2_000_000)).build();
    Path path = directory.resolve("file");
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ConnectedPair.Buffers.BOUNDED);
        FileChannel file = open(path)) {
      Thread writer = Thread.startVirtualThread(() -> write(pair.sender()));
      Received received = receiver.receive(receiver(pair), file, 0, Long.MAX_VALUE);
      writer.join();
      assertThat(received.bytesReceived()).isEqualTo(BYTES);
      assertThat(received.elapsed()).isGreaterThan(Duration.ofMillis(150));
      assertThat(path).hasBinaryContent(content);
    }
  }

  @Test
  @Spec("SF-71")
  void severalTransfersShareOne() throws Exception {
    RateLimit shared = RateLimit.bytesPerSecond(4_000_000);
    FileReceiver receiver = FileReceiver.builder().rateLimit(shared).build();
    long began = System.nanoTime();
    Thread[] transfers = new Thread[3];
    for (int i = 0; i < transfers.length; i++) {
      Path path = directory.resolve("file" + i);
      transfers[i] = Thread.startVirtualThread(() -> transfer(receiver, path));
    }
    for (Thread transfer : transfers) {
      transfer.join();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(250));
    for (int i = 0; i < transfers.length; i++) {
      assertThat(directory.resolve("file" + i)).hasSize(BYTES);
    }
  }

  @Test
  @Spec("SF-71")
  void linesAreReadAtTheRateToo() throws Exception {
    FileReceiver receiver =
        FileReceiver.builder().rateLimit(RateLimit.bytesPerSecond(100_000)).build();
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ConnectedPair.Buffers.BOUNDED)) {
      pair.sender().write(ByteBuffer.allocate(20_000));
      ByteBuffer buffer = ByteBuffer.allocate(50_000);
      assertThat(receiver.read(receiver(pair), buffer)).isBetween(1, 10_000);
      assertThat(buffer.limit()).isEqualTo(50_000);
    }
  }

  @Test
  @Spec({"SF-71", "SF-56"})
  void closingTheSocketEndsATransferThatWaitsForItsRate() throws Exception {
    FileReceiver receiver = FileReceiver.builder().rateLimit(RateLimit.bytesPerSecond(1)).build();
    CountDownLatch begun = new CountDownLatch(1);
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ConnectedPair.Buffers.BOUNDED);
        FileChannel file = open(directory.resolve("file"))) {
      pair.sender().write(ByteBuffer.allocate(1000));
      Thread closer =
          Thread.startVirtualThread(
              () -> {
                await(begun);
                Senders.close(receiver(pair));
              });
      assertThatThrownBy(
              () ->
                  receiver.receive(receiver(pair), file, 0, Long.MAX_VALUE, _ -> begun.countDown()))
          .isInstanceOf(TransferAbortedException.class);
      closer.join();
    }
  }

  private void transfer(FileReceiver receiver, Path path) {
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ConnectedPair.Buffers.BOUNDED);
        FileChannel file = open(path)) {
      Thread writer = Thread.startVirtualThread(() -> write(pair.sender()));
      receiver.receive(receiver(pair), file, 0, Long.MAX_VALUE);
      writer.join();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void write(SocketChannel sender) {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    try {
      while (buffer.hasRemaining()) {
        sender.write(buffer);
      }
      sender.shutdownOutput();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SocketChannel receiver(ConnectedPair<SocketChannel> pair) {
    return (SocketChannel) pair.receiver();
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
