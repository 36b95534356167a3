package io.github.jsendfile.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/// A folder for the files that are sent, gone at the end.
public final class Scratch implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path folder;

  Scratch(Path parent) throws IOException {
    Files.createDirectories(parent);
    folder = Files.createTempDirectory(parent, "scratch");
  }

  /// Where it is.
  public Path folder() {
    return folder;
  }

  /// A file of real bytes, no holes; having just been written, it is in the page cache.
  public Path file(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    byte[] chunk = new byte[CHUNK_BYTES];
    new Random(42).nextBytes(chunk);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long left = bytes; left > 0; ) {
        left -= channel.write(ByteBuffer.wrap(chunk, 0, (int) Math.min(left, CHUNK_BYTES)));
      }
      channel.force(false); // else it is written back while we measure
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
