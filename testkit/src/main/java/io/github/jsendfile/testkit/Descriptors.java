package io.github.jsendfile.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The descriptors that this process has open, as Linux tells them.
public final class Descriptors {
  private static final Path TABLE = Path.of("/proc/self/fd");

  private Descriptors() {}

  /// Whether this machine tells.
  ///
  /// @return false where there is no `/proc`
  public static boolean areKnown() {
    return Files.isDirectory(TABLE);
  }

  /// What is open, without the one descriptor that looking needs.
  ///
  /// @return descriptor number to what it stands for: a path, `socket:[inode]`, `pipe:[inode]`
  public static Map<Integer, String> open() {
    Map<Integer, String> open = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(TABLE)) {
      for (Path entry : entries) {
        putTarget(entry, open);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.values().removeIf(target -> target.matches("/proc/\\d+/fd"));
    return open;
  }

  /// How many of them stand for a path.
  ///
  /// @param file an absolute path
  /// @return a count
  public static long openOn(Path file) {
    return open().values().stream().filter(file.toString()::equals).count();
  }

  private static void putTarget(Path entry, Map<Integer, String> open) throws IOException {
    try {
      String target = Files.readSymbolicLink(entry).toString();
      open.put(Integer.parseInt(entry.getFileName().toString()), target);
    } catch (NoSuchFileException ignored) { // closed since it was listed
    }
  }
}
