package io.github.jsendfile;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The one obvious call: send a file, or a part of it, over a connected socket, inside the kernel
/// where that is possible. It blocks until all is sent, on any thread, platform or virtual, and
/// waits without CPU. Limits, progress and all else have [FileSender].
///
/// The call never closes the socket. What is sent is what the file holds when the kernel sends
/// it: a file changed in place while its bytes wait in the socket's buffer goes out changed, even
/// after the call has returned. Replace files by renaming.
public final class Sendfile {
  private static final FileSender SENDER = FileSender.defaults();

  private Sendfile() {}

  /// Sends a whole file.
  ///
  /// @param socket a connected socket in blocking mode
  /// @param file the file
  /// @return how many bytes were sent; 0 for an empty file
  /// @throws java.nio.channels.ClosedChannelException if the socket is closed or shut down for
  ///     output
  /// @throws java.nio.channels.NotYetConnectedException if it is not connected
  /// @throws java.nio.channels.IllegalBlockingModeException if it is in non-blocking mode
  /// @throws java.nio.file.NoSuchFileException if there is no such file
  /// @throws java.nio.file.FileSystemException if it is a directory or may not be read
  /// @throws TransferException if the transfer fails after it began
  public static long send(SocketChannel socket, Path file) throws IOException {
    requireNonNull(socket, "socket");
    return SENDER.send(FileRegion.of(requireNonNull(file, "file")), socket).bytesSent();
  }

  /// Sends a part of a file.
  ///
  /// @param socket a connected socket in blocking mode
  /// @param file the file
  /// @param position where the part begins, in bytes from the start of the file
  /// @param length how many bytes at most, at least 1; more than there are means to the end
  /// @return how many bytes were sent: `length`, or fewer if the file ended first
  /// @throws IllegalArgumentException if position is negative, or length less than 1
  /// @throws IOException as [#send(SocketChannel, Path)]
  public static long send(SocketChannel socket, Path file, long position, long length)
      throws IOException {
    requireNonNull(socket, "socket");
    requireNonNull(file, "file");
    return SENDER
        .send(FileRegion.of(file, position, atLeastOne(position, length)), socket)
        .bytesSent();
  }

  /// Sends a whole file, from its absolute beginning, wherever the channel's own position is.
  ///
  /// **Moves the channel's position**, unlike [FileChannel#transferTo]: afterwards it stands
  /// behind the last byte sent, after a failure too, unless an interrupt closed the channel.
  ///
  /// @param socket a connected socket in blocking mode
  /// @param file a channel open for reading
  /// @return how many bytes were sent
  /// @throws java.nio.channels.NonReadableChannelException if the file is not open for reading
  /// @throws java.nio.channels.ClosedChannelException if either channel is closed
  /// @throws IOException as [#send(SocketChannel, Path)]
  public static long send(SocketChannel socket, FileChannel file) throws IOException {
    return send(socket, file, 0, FileRegion.TO_THE_END);
  }

  /// Sends a part of a file.
  ///
  /// **Moves the channel's position**, unlike [FileChannel#transferTo]: afterwards it stands
  /// behind the last byte sent, after a failure too, unless an interrupt closed the channel.
  ///
  /// @param socket a connected socket in blocking mode
  /// @param file a channel open for reading
  /// @param position where the part begins, in bytes from the start of the file
  /// @param length how many bytes at most, at least 1; more than there are means to the end
  /// @return how many bytes were sent: `length`, or fewer if the file ended first
  /// @throws IllegalArgumentException if position is negative, or length less than 1
  /// @throws IOException as [#send(SocketChannel, FileChannel)]
  public static long send(SocketChannel socket, FileChannel file, long position, long length)
      throws IOException {
    requireNonNull(socket, "socket");
    requireNonNull(file, "file");
    FileRegion region = FileRegion.of(file, position, atLeastOne(position, length));
    try {
      long sent = SENDER.send(region, socket).bytesSent();
      moveTo(file, position + sent);
      return sent;
    } catch (TransferException e) {
      moveTo(file, position + e.bytesTransferred());
      throw e;
    }
  }

  private static void moveTo(FileChannel file, long position) throws IOException {
    if (!file.isOpen()) {
      return;
    }
    try {
      file.position(position);
    } catch (IOException e) {
      if (position < file.size()) { // else a FIFO, or beyond what the file system counts
        throw e;
      }
    }
  }

  /// Sends a whole file over a socket that need not be a channel: one that is goes by zero-copy,
  /// any other by copying.
  ///
  /// @param socket a connected socket
  /// @param file the file
  /// @return how many bytes were sent
  /// @throws IOException as [#send(SocketChannel, Path)]
  public static long send(Socket socket, Path file) throws IOException {
    requireNonNull(socket, "socket");
    return SENDER.send(FileRegion.of(requireNonNull(file, "file")), socket).bytesSent();
  }

  private static long atLeastOne(long position, long length) {
    if (position >= 0 && length < 1) {
      throw new IllegalArgumentException("length is " + length + "; it must be 1 or more");
    }
    return length;
  }
}
