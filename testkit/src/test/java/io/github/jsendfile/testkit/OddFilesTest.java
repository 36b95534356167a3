package io.github.jsendfile.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OddFilesTest {
  private static final long FIVE_GIB = 5L << 30;

  @TempDir Path directory;

  @Test
  void fileHoldsThePattern() throws IOException {
    Path file = OddFiles.in(directory).ofSize(1_100_000);
    assertThat(Files.readAllBytes(file)).isEqualTo(Pattern.bytes(0, 1_100_000));
  }

  @Test
  void fileGrowsByThePatternAndShrinks() throws IOException {
    Path file = OddFiles.in(directory).ofSize(10);
    OddFiles.append(file, 20);
    assertThat(Files.readAllBytes(file)).isEqualTo(Pattern.bytes(0, 30));
    OddFiles.truncate(file, 5);
    assertThat(Files.readAllBytes(file)).isEqualTo(Pattern.bytes(0, 5));
  }

  @Test
  void sparseFileIsMarkedAtItsEndsAndTakesNoRoom() throws IOException {
    Path file = OddFiles.in(directory).sparse(FIVE_GIB);
    assertThat(file).hasSize(FIVE_GIB);
    ByteBuffer last = ByteBuffer.allocate(OddFiles.MARK_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.read(last, FIVE_GIB - OddFiles.MARK_BYTES);
    }
    assertThat(last.array())
        .isEqualTo(Pattern.bytes(FIVE_GIB - OddFiles.MARK_BYTES, OddFiles.MARK_BYTES));
  }

  @Test
  void sizesAroundAChunk() {
    assertThat(OddFiles.sizesAround(4096)).containsExactly(0L, 1L, 4095L, 4096L, 4097L, 1L << 20);
  }

  @Test
  void fifoIsNeitherFileNorDirectory() throws IOException {
    assertThat(Files.readAttributes(OddFiles.in(directory).fifo(), "isOther"))
        .containsEntry("isOther", true);
  }

  @Test
  void unreadableFileIsUnreadableEvenForRoot() {
    assertThatThrownBy(() -> FileChannel.open(OddFiles.UNREADABLE_EVEN_FOR_ROOT))
        .isInstanceOf(AccessDeniedException.class);
  }
}
