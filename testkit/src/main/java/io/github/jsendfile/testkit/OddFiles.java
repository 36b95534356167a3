package io.github.jsendfile.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Makes files of every kind a transfer may meet, in a directory that the test owns. Content is
/// that of [Pattern].
public final class OddFiles {
  /// A file that reports size 0 and has content.
  public static final Path PROC_SELF_STATUS = Path.of("/proc/self/status");

  /// A device that never ends.
  public static final Path DEV_ZERO = Path.of("/dev/zero");

  /// A file that not even root may open for reading: the kernel enforces the mode of attributes in
  /// sysfs, and this one is only to be written.
  public static final Path UNREADABLE_EVEN_FOR_ROOT = Path.of("/sys/bus/platform/drivers_probe");

  /// How many bytes at either end of a sparse file are not 0.
  public static final int MARK_BYTES = 16;

  private static final int WRITE_BYTES = 1024 * 1024;

  private final Path directory;

  private OddFiles(Path directory) {
    this.directory = directory;
  }

  /// Makes files in a directory.
  ///
  /// @param directory an existing one; the caller deletes it
  /// @return the factory
  public static OddFiles in(Path directory) {
    return new OddFiles(directory);
  }

  /// The sizes around a chunk at which loops go wrong, with 0, 1 and 1 MiB.
  ///
  /// @param chunkBytes the chunk
  /// @return sizes, in rising order
  public static List<Long> sizesAround(long chunkBytes) {
    List<Long> sizes = new ArrayList<>(List.of(0L, 1L));
    sizes.addAll(List.of(chunkBytes - 1, chunkBytes, chunkBytes + 1));
    sizes.add(1024L * 1024);
    return sizes.stream().distinct().sorted().toList();
  }

  /// An ordinary file.
  ///
  /// @param size in bytes
  /// @return a new file that holds the pattern from position 0
  /// @throws IOException if it cannot be written
  public Path ofSize(long size) throws IOException {
    Path file = Files.createTempFile(directory, "size-" + size + "-", ".bin");
    append(file, size);
    return file;
  }

  /// A file that is almost all hole.
  ///
  /// @param size in bytes, at least twice [#MARK_BYTES]
  /// @return a new file of zeros, but for the pattern in its first and last [#MARK_BYTES]
  /// @throws IOException if it cannot be written
  public Path sparse(long size) throws IOException {
    Path file = directory.resolve("sparse-" + size + ".bin");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.write(Pattern.buffer(0, MARK_BYTES), 0);
      channel.write(Pattern.buffer(size - MARK_BYTES, MARK_BYTES), size - MARK_BYTES);
    }
    return file;
  }

  /// Makes a file grow: writes more of the pattern behind its end.
  ///
  /// @param file a file of the pattern
  /// @param count how many bytes
  /// @throws IOException if it cannot be written
  public static void append(Path file, long count) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long position = channel.size();
      long end = position + count;
      while (position < end) {
        int length = (int) Math.min(WRITE_BYTES, end - position);
        channel.write(Pattern.buffer(position, length), position);
        position += length;
      }
    }
  }

  /// Makes a file shrink.
  ///
  /// @param file a file
  /// @param size what is left of it
  /// @throws IOException if it cannot be written
  public static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  /// A named pipe. Who opens it waits for the other side.
  ///
  /// @return a new FIFO
  /// @throws IOException if the machine has none
  public Path fifo() throws IOException {
    Path fifo = directory.resolve("fifo-" + System.nanoTime());
    Process process = new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("mkfifo failed: " + process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making a FIFO", e);
    }
    return fifo;
  }

  /// A directory.
  ///
  /// @return a new, empty one
  /// @throws IOException if it cannot be made
  public Path directory() throws IOException {
    return Files.createTempDirectory(directory, "directory");
  }

  /// A file that its owner has forbidden to read; root reads it all the same.
  ///
  /// @return a new file of one byte
  /// @throws IOException if it cannot be made
  public Path unreadable() throws IOException {
    Path file = ofSize(1);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
  }

  /// A path where there is nothing.
  ///
  /// @return the path
  public Path missing() {
    return directory.resolve("missing.bin");
  }
}
