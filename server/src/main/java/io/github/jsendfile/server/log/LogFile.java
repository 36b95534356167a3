package io.github.jsendfile.server.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file that lines are appended to. When it has been moved away or removed, as log rotation
/// does, the next lines begin a new one under its name.
final class LogFile extends OutputStream {
  private final Path path;
  private OutputStream out;
  private @Nullable Object key;

  LogFile(Path path) throws IOException {
    this.path = path;
    this.out = append();
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    if (!Objects.equals(key, keyNow())) {
      out.close();
      out = append();
    }
    out.write(bytes, start, length);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private OutputStream append() throws IOException {
    OutputStream opened =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    key = keyNow();
    return opened;
  }

  private @Nullable Object keyNow() throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return path; // equal to no key
    }
  }
}
