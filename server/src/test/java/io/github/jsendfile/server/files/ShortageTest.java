package io.github.jsendfile.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/// What is short, told from a failure.
class ShortageTest {
  @Test
  void theDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
      IOException failure =
          catchThrowableOfType(
              IOException.class, () -> channel.write(ByteBuffer.wrap(new byte[1])));
      assertThat(Shortage.of(failure)).contains(Shortage.DISK);
      assertThat(Shortage.of(VirtualFailures.of(failure, TreePath.ROOT))).contains(Shortage.DISK);
    }
  }

  @Test
  void descriptors() {
    IOException failure = new FileSystemException("/x", null, "Too many open files");
    assertThat(Shortage.of(failure)).contains(Shortage.DESCRIPTORS);
    assertThat(Shortage.of(new IOException(failure))).contains(Shortage.DESCRIPTORS);
  }

  @Test
  void nothing() {
    assertThat(Shortage.of(new IOException("Connection reset"))).isEmpty();
    assertThat(Shortage.of(new FileSystemException("/x"))).isEmpty();
  }
}
