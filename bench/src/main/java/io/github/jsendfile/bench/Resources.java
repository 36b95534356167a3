package io.github.jsendfile.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/// Files that lie next to a class.
public final class Resources {
  private Resources() {}

  /// Puts one where other programs can read it.
  public static Path copy(Class<?> neighbour, String name, Path folder) throws IOException {
    Path copy = folder.resolve(name);
    try (InputStream text = neighbour.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(text, name), copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }
}
