package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Sources that are no file of the default file system: copied, by the same rules.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource(ThreadKind.class)
@Timeout(30)
class SourcesTest {
  private static final int SIZE = 600_000;
  private static final FileSender SENDER = FileSender.defaults();

  @Parameter ThreadKind thread;

  @TempDir static Path directory;
  private static byte[] content;

  @BeforeAll
  static void makeContent() {
    content = Pattern.bytes(0, SIZE);
  }

  @Test
  @Spec("SF-31")
  void zipFileSystem() throws Exception {
    Path zip = directory.resolve("archive-" + thread + ".zip");
    try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.write(archive.getPath("entry.bin"), content);
    }
    try (FileSystem archive = FileSystems.newFileSystem(zip)) {
      assertSendsLikeAFile(archive.getPath("entry.bin"));
    }
  }

  @Test
  @Spec("SF-31")
  void inMemoryFileSystem() throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = memory.getPath("/file.bin");
      Files.write(file, content);
      assertSendsLikeAFile(file);
      try (FileChannel channel = FileChannel.open(file)) {
        assertSends(FileRegion.of(channel, 7, 100_000), 7, 100_000);
        assertThat(channel.position()).isZero();
      }
    }
  }

  @Test
  @Spec({"SF-10", "SF-31"})
  void missingFileOfAnotherFileSystem() throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      FileRegion region = FileRegion.of(memory.getPath("/missing.bin"));
      assertThat(
              catchThrowableOfType(
                  NoSuchFileException.class,
                  () -> thread.run(() -> SENDER.send(region, peer.socket()))))
          .isNotNull();
    }
  }

  @Test
  @Spec("SF-31")
  void inputStream() throws Exception {
    assertSends(FileRegion.of(new ByteArrayInputStream(content)), 0, SIZE);
    assertSends(FileRegion.of(InputStream.nullInputStream()), 0, 0);
    try (InputStream file = new FileInputStream(OddFiles.in(directory).ofSize(SIZE).toFile())) {
      assertSends(FileRegion.of(file), 0, SIZE);
    }
  }

  @Test
  @Spec({"SF-31", "SF-45"})
  void inputStreamFromAPositionConsumesWhatWasRead() throws Exception {
    ByteArrayInputStream stream = new ByteArrayInputStream(content);
    assertSends(FileRegion.of(stream, 100_000, 50_000), 100_000, 50_000);
    assertThat(stream.available()).isLessThanOrEqualTo(SIZE - 150_000);
  }

  @Test
  @Spec("SF-45")
  void inputStreamShorterThanThePosition() throws Exception {
    assertSends(FileRegion.of(new ByteArrayInputStream(content), SIZE + 1, 50), 0, 0);
  }

  @Test
  @Spec("SF-31")
  void inputStreamThatDribblesAndSometimesReadsNothing() throws Exception {
    assertSends(FileRegion.of(new Dribbling(content)), 0, SIZE);
  }

  @Test
  @Spec("SF-44")
  void streamsAndChannelsStayOpen() throws Exception {
    Path file = OddFiles.in(directory).ofSize(50_000);
    try (InputStream stream = new FileInputStream(file.toFile());
        FileChannel channel = FileChannel.open(file)) {
      assertSends(FileRegion.of(stream, 0, 10), 0, 10);
      assertSends(FileRegion.of(channel, 0, 10), 0, 10);
      assertThat(stream.read()).isNotNegative();
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  @Spec("SF-43")
  void failureOfTheSourceIsNotThePeersFault() throws Exception {
    IOException broken = new IOException("the disk is on fire");
    InputStream stream =
        new FilterInputStream(new ByteArrayInputStream(content)) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            if (available() < SIZE / 2) {
              throw broken;
            }
            return super.read(bytes, offset, length);
          }
        };
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () -> thread.run(() -> SENDER.send(FileRegion.of(stream), peer.socket())));
      assertThat(failure).isNotInstanceOf(PeerClosedException.class).hasCause(broken);
      Reception reception = peer.finish();
      assertThat(failure.bytesTransferred()).isEqualTo(reception.count()).isPositive();
      assertThat(reception.content()).isEqualTo(Pattern.bytes(0, (int) reception.count()));
    }
  }

  @Test
  @Spec("SF-45")
  void seekableChannelsPositionIsUsedAndPutBack() throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = Files.write(memory.getPath("/file.bin"), content);
      try (SeekableByteChannel channel = new OnlySeekable(Files.newByteChannel(file))) {
        channel.position(123);
        assertSends(FileRegion.of(channel), 0, SIZE);
        assertThat(channel.position()).isEqualTo(123);
        assertSends(FileRegion.of(channel, 300_000, 50), 300_000, 50);
        assertThat(channel.position()).isEqualTo(123);
      }
    }
  }

  private void assertSendsLikeAFile(Path file) throws Exception {
    assertSends(FileRegion.of(file), 0, SIZE);
    assertSends(FileRegion.of(file, 99_999, 5), 99_999, 5);
    assertSends(FileRegion.of(file, SIZE - 10, 1_000), SIZE - 10, 10);
    assertSends(FileRegion.of(file, SIZE, 1_000), 0, 0);
    assertSends(FileRegion.of(file, 3, 300_000), 3, 300_000);
  }

  private void assertSends(FileRegion region, long position, int length) throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer transfer = thread.run(() -> SENDER.send(region, peer.socket()));
      assertThat(transfer.bytesSent()).isEqualTo(length);
      assertThat(transfer.mechanism().availability().available()).isTrue();
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(position, length));
    }
  }

  /// Gives what it has in odd pieces, and nothing at all now and then.
  private static final class Dribbling extends ByteArrayInputStream {
    private int reads;

    Dribbling(byte[] content) {
      super(content);
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      reads++;
      return reads % 5 == 0 ? 0 : super.read(bytes, offset, Math.min(length, reads % 977 + 1));
    }
  }
}
