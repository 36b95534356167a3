package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What of a file is in the page cache behind a transfer, as `mincore(2)` tells.
@ExtendWith(LeakCheck.class)
@Timeout(60)
@Spec("SF-75")
class DropBehindTest {
  private static final int SIZE = 32 << 20;
  private static final int PAGE = 4096;

  /// What a socket may still hold when the call returns.
  private static final long IN_FLIGHT = 8 << 20;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    assumeTrue(
        Mechanism.NATIVE.availability().available(), "SKIPPED: this test needs native access");
    assumeTrue(
        !Files.getFileStore(directory).type().equals("tmpfs"),
        "SKIPPED: a file of a tmpfs is nowhere but in the page cache");
    file = OddFiles.in(directory).ofSize(SIZE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true); // what is still to be written out cannot be dropped
    }
  }

  @ParameterizedTest
  @EnumSource(Mechanism.class)
  void whatWasSentIsDropped(Mechanism mechanism) throws IOException {
    assertThat(send(FileSender.builder().mechanisms(mechanism))).isEqualTo(SIZE);
    assertThat(send(FileSender.builder().mechanisms(mechanism).dropBehind())).isLessThan(IN_FLIGHT);
  }

  private long send(FileSender.Builder builder) throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer done = builder.build().send(FileRegion.of(file), peer.socket());
      assertThat(done.bytesSent()).isEqualTo(SIZE);
      assertThat(peer.finish().crc()).isEqualTo(Pattern.crc(0, SIZE));
    }
    return bytesInCache(file);
  }

  @Test
  void whatSurroundsARegionStays() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      FileSender.builder()
          .mechanisms(Mechanism.BUFFERED_COPY)
          .dropBehind()
          .build()
          .send(FileRegion.of(file, SIZE / 2, SIZE / 4), peer.socket());
      peer.finish();
    }
    assertThat(bytesInCache(file)).isBetween(3L * SIZE / 4, 3L * SIZE / 4 + 2 * PAGE);
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "BUFFERED_COPY"})
  @Spec("SF-74")
  void whatWasReceivedIsOnDiskAndDropped(Mechanism mechanism) throws Exception {
    Receivers.assumeNative();
    assertThat(receive(Receivers.preferring(mechanism))).isEqualTo(SIZE);
    assertThat(receive(Receivers.preferring(mechanism).dropBehind())).isLessThan(SIZE / 32);
  }

  private long receive(FileReceiver.Builder builder) throws Exception {
    Path received = directory.resolve("received");
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(Buffers.AUTOMATIC);
        FileChannel into =
            FileChannel.open(received, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Running<Transfer> sending =
          Running.on(
              ThreadKind.VIRTUAL,
              () -> FileSender.defaults().send(FileRegion.of(file), pair.sender()));
      Received done = builder.build().receive((SocketChannel) pair.receiver(), into, 0, SIZE);
      sending.await();
      assertThat(done.bytesReceived()).isEqualTo(SIZE);
    }
    long cached = bytesInCache(received);
    assertThat(Files.mismatch(file, received)).isEqualTo(-1);
    Files.delete(received);
    return cached;
  }

  private static long bytesInCache(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(path)) {
      MemorySegment all = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      long bytes = 0;
      for (long at = 0; at < all.byteSize(); at += PAGE) {
        bytes += all.asSlice(at, Math.min(PAGE, all.byteSize() - at)).isLoaded() ? PAGE : 0;
      }
      return bytes;
    }
  }
}
