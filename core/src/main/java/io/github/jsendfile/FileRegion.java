package io.github.jsendfile;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.endpoint.FileSource;
import io.github.jsendfile.endpoint.SeekableSource;
import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.StreamReader;
import io.github.jsendfile.endpoint.StreamSource;
import io.github.jsendfile.linux.HeldFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// A part of a file: from a position, so many bytes, or fewer if the file ends first. Positions
/// are absolute and count from 0, whatever position a channel has of its own.
///
/// A region holds no resource. A [Path] is opened and closed by the transfer; a channel or a
/// stream stays the caller's to close. Many transfers may share one [FileChannel]; any other
/// channel and any stream serves one at a time.
public final class FileRegion extends Payload {
  /// The length that means "to the end, wherever that is when it is reached".
  static final long TO_THE_END = Long.MAX_VALUE;

  private final Object file;
  private final long position;
  private final long length;

  private FileRegion(Object file, long position, long length) {
    if (position < 0) {
      throw new IllegalArgumentException("position is " + position + "; it cannot be negative");
    }
    if (length < 0) {
      throw new IllegalArgumentException("length is " + length + "; it cannot be negative");
    }
    this.file = file;
    this.position = position;
    this.length = length;
  }

  /// The whole file.
  ///
  /// @param path a file; of any file system, though only the default one's go by zero-copy
  /// @return the region
  public static FileRegion of(Path path) {
    return of(path, 0, TO_THE_END);
  }

  /// A part of a file.
  ///
  /// @param path a file; of any file system, though only the default one's go by zero-copy
  /// @param position where it begins, in bytes from the start of the file
  /// @param length how many bytes at most; more than there are means to the end
  /// @return the region
  /// @throws IllegalArgumentException if position or length is negative
  public static FileRegion of(Path path, long position, long length) {
    return new FileRegion(requireNonNull(path, "path"), position, length);
  }

  /// The whole file behind a channel.
  ///
  /// @param channel a channel open for reading; a [FileChannel]'s own position is neither used
  ///     nor moved, any other's is used and put back
  /// @return the region
  public static FileRegion of(SeekableByteChannel channel) {
    return of(channel, 0, TO_THE_END);
  }

  /// A part of the file behind a channel.
  ///
  /// @param channel a channel open for reading; a [FileChannel]'s own position is neither used
  ///     nor moved, any other's is used and put back
  /// @param position where it begins, in bytes from the start of the file
  /// @param length how many bytes at most; more than there are means to the end
  /// @return the region
  /// @throws IllegalArgumentException if position or length is negative
  public static FileRegion of(SeekableByteChannel channel, long position, long length) {
    return new FileRegion(requireNonNull(channel, "channel"), position, length);
  }

  /// All of a stream. What is read from it is consumed, up to 16 KiB more than was sent if the
  /// transfer fails; while a read of it waits, limits wait too.
  ///
  /// @param stream where the bytes come from
  /// @return the region
  public static FileRegion of(InputStream stream) {
    return of(stream, 0, TO_THE_END);
  }

  /// A part of a stream.
  ///
  /// @param stream where the bytes come from
  /// @param position how many bytes to read and throw away first
  /// @param length how many bytes at most; more than there are means to the end
  /// @return the region
  /// @throws IllegalArgumentException if position or length is negative
  public static FileRegion of(InputStream stream, long position, long length) {
    return new FileRegion(requireNonNull(stream, "stream"), position, length);
  }

  /// Where it begins.
  ///
  /// @return bytes from the start of the file
  public long position() {
    return position;
  }

  /// How many bytes it asks for.
  ///
  /// @return bytes; [Long#MAX_VALUE] for "to the end"
  public long length() {
    return length;
  }

  @Override
  public String toString() {
    String part = length == TO_THE_END ? " from " + position : " from " + position + ", " + length;
    return file + part;
  }

  /// For a message: of a channel nobody knows which file it is.
  String ofWhat() {
    return file instanceof Path ? " of " + file : "";
  }

  @Override
  List<Object> parts() {
    return List.of(this);
  }

  /// Opens what is to be opened and checks what can be checked, before any byte moves.
  Source open() throws IOException {
    return switch (file) {
      case Path path -> open(path);
      case FileChannel channel -> open(channel);
      case SeekableByteChannel channel -> new SeekableSource(channel, false);
      case InputStream stream -> new StreamSource(StreamReader.of(stream));
      default -> throw new AssertionError(file);
    };
  }

  private static Source open(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    if (attributes.isOther()) {
      return new StreamSource(StreamReader.of(path));
    }
    if (path.getFileSystem().equals(FileSystems.getDefault())) {
      return FileSource.open(path, attributes.size());
    }
    SeekableByteChannel channel = Files.newByteChannel(path);
    return channel instanceof FileChannel file
        ? new FileSource(file, true, attributes.size())
        : new SeekableSource(channel, true);
  }

  private Source open(FileChannel channel) throws IOException {
    channel.read(ByteBuffer.allocate(0), 0); // is it open, and for reading?
    int held = HeldFiles.numberOf(channel);
    boolean isTold = held >= 0 && length > 0 && length < TO_THE_END - position;
    long size = isTold ? position + length : channel.size(); // its holder knows how long it is
    if (size == 0 && hasNoPositions(channel)) {
      return new StreamSource(StreamReader.of(channel));
    }
    return held >= 0 ? FileSource.held(channel, held, size) : new FileSource(channel, false, size);
  }

  /// A FIFO or a terminal has none: not even asking for it works.
  private static boolean hasNoPositions(FileChannel channel) throws IOException {
    try {
      channel.position();
      return false;
    } catch (java.nio.channels.ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return true;
    }
  }
}
