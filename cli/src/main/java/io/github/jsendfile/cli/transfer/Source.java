package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.LocalFiles;
import io.github.jsendfile.cli.console.ProgressLine;
import io.github.jsendfile.cli.console.Terminal;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What is to be sent, checked before anybody is connected to.
///
/// @param name what messages call it
/// @param region the part asked for
/// @param total how many bytes that will be, or [ProgressLine#UNKNOWN]
record Source(String name, FileRegion region, long total) {
  private static final String STANDARD_INPUT = "-";

  /// Finds it.
  ///
  /// @param length how many bytes at most; [Long#MAX_VALUE] for all
  /// @throws CommandFailure if it cannot be sent
  static Source of(String file, long position, long length, Terminal terminal) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return ofStream(terminal.in(), position, length);
    }
    Path path = LocalFiles.path(file);
    if (!Files.exists(path)) {
      throw LocalFiles.refuse(new NoSuchFileException(file));
    }
    if (Files.isDirectory(path)) {
      throw LocalFiles.refuse(
          file, "is a directory; send a file, or pipe: tar c DIR | jsendfile send -");
    }
    if (!Files.isReadable(path)) {
      throw LocalFiles.refuse(file, "permission denied");
    }
    FileRegion region = FileRegion.of(path, position, length);
    return Files.isRegularFile(path)
        ? ofRegularFile(file, region, Files.size(path))
        : new Source(file, region, ofUnknownSize(length));
  }

  private static Source ofStream(InputStream in, long position, long length) throws IOException {
    if (in instanceof FileInputStream input) {
      FileChannel channel = input.getChannel();
      if (channel.size() > 0) { // redirected from a file, which may have been read in part
        FileRegion rest = FileRegion.of(channel, channel.position() + position, length);
        return ofRegularFile("standard input", rest, channel.size());
      }
      return new Source(
          "standard input", FileRegion.of(channel, position, length), ofUnknownSize(length));
    }
    return new Source("standard input", FileRegion.of(in, position, length), ofUnknownSize(length));
  }

  /// A file that says it is empty may not be: those of `/proc` all say so.
  private static Source ofRegularFile(String name, FileRegion region, long size)
      throws CommandFailure {
    long left = size - region.position();
    boolean limited = region.length() != Long.MAX_VALUE;
    if (size > 0 && left < 0) {
      throw LocalFiles.refuse(
          name, "has " + size + " bytes; --position " + region.position() + " is beyond its end");
    }
    if (size > 0 && limited && left < region.length()) {
      throw LocalFiles.refuse(
          name, "has " + left + " bytes from there on; --length asks for " + region.length());
    }
    return new Source(
        name, region, size == 0 ? ofUnknownSize(region.length()) : Math.min(left, region.length()));
  }

  private static long ofUnknownSize(long length) {
    return length == Long.MAX_VALUE ? ProgressLine.UNKNOWN : length;
  }
}
