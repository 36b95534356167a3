package io.github.jsendfile.bench.http.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Small files, a thousand to a folder: `0/0` to `0/999`, `1/0` and so on. Gone at the end.
final class FileForest implements AutoCloseable {
  private static final int OF_A_FOLDER = 1000;

  private final Path folder;
  private final int count;

  private FileForest(Path folder, int count) {
    this.folder = folder;
    this.count = count;
  }

  static FileForest of(int count, int bytes, Path folder) throws IOException {
    byte[] content = new byte[bytes];
    new Random(42).nextBytes(content);
    Files.createDirectories(folder);
    FileForest forest = new FileForest(folder, count);
    try {
      for (int i = 0; i < count; i++) {
        if (i % OF_A_FOLDER == 0) {
          Files.createDirectory(forest.path(i).getParent());
        }
        Files.write(forest.path(i), content);
      }
      return forest;
    } catch (IOException e) {
      forest.close();
      throw e;
    }
  }

  private Path path(int i) {
    return folder.resolve(Integer.toString(i / OF_A_FOLDER), Integer.toString(i % OF_A_FOLDER));
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < count; i++) {
      Files.deleteIfExists(path(i));
      if (i % OF_A_FOLDER == OF_A_FOLDER - 1 || i == count - 1) {
        Files.deleteIfExists(path(i).getParent());
      }
    }
    Files.deleteIfExists(folder);
  }
}
