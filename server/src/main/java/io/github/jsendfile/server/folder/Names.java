package io.github.jsendfile.server.folder;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Names as clients write them and as the file system knows them.
public final class Names {
  private static final int LONGEST_BYTES = 255; // NAME_MAX of Linux, whatever the file system
  private static final char REPLACEMENT = '\uFFFD';

  private Names() {}

  /// The name for use with a [Folder].
  ///
  /// @throws NoSuchFileException if no file of this machine can have that name
  public static Path toPath(FileSystem fileSystem, String name) throws NoSuchFileException {
    Path path;
    try {
      path = fileSystem.getPath(name);
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(name);
    }
    // on Windows `a\b` are two names, `C:` is a root and `x::$DATA` fails above
    if (path.getNameCount() != 1 || path.isAbsolute() || !path.toString().equals(name)) {
      throw new NoSuchFileException(name);
    }
    return path;
  }

  /// Whether a name is too long for any file here, which the file system itself says in words.
  public static boolean isTooLong(String name) {
    return name.length() > LONGEST_BYTES
        || (name.length() > LONGEST_BYTES / 4
            && name.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES);
  }

  /// The last name of a path that is no root.
  public static Path last(Path path) {
    return requireNonNull(path.getFileName(), "file name");
  }

  /// Whether a name, as text, leads back to the entry.
  public static boolean isDecodable(Path name) {
    String text = name.toString();
    if (text.indexOf(REPLACEMENT) < 0) {
      return true;
    }
    try {
      return name.getFileSystem().getPath(text).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
