package io.github.jsendfile.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Two ends of one connection on this machine, the sending end of one type and the receiving end.
///
/// @param sender where a test writes
/// @param receiver what arrives there; a [SocketChannel], or a [Pipe.SourceChannel] for a pipe
/// @param <S> the type of the sending end
public record ConnectedPair<S extends Closeable>(S sender, ReadableByteChannel receiver)
    implements AutoCloseable {

  /// Bounds on what the kernel holds between the two ends. Without them a whole megabyte fits, and
  /// no transfer of one ever waits.
  ///
  /// @param sendBytes SO_SNDBUF of the sending end; 0 leaves it to the kernel
  /// @param receiveBytes SO_RCVBUF of the receiving end; 0 leaves it to the kernel
  public record Buffers(int sendBytes, int receiveBytes) {
    /// What the kernel does by itself.
    public static final Buffers AUTOMATIC = new Buffers(0, 0);

    /// 64 KiB at each end, which the kernel doubles.
    public static final Buffers BOUNDED = new Buffers(64 * 1024, 64 * 1024);
  }

  /// Connects over TCP on the loopback interface.
  ///
  /// @param buffers bounds, set before the connection is made
  /// @return both ends, in blocking mode
  /// @throws IOException if the machine refuses
  public static ConnectedPair<SocketChannel> tcp(Buffers buffers) throws IOException {
    try (ServerSocketChannel listener = listen(buffers)) {
      SocketChannel sender = SocketChannel.open();
      bound(sender, buffers);
      sender.connect(listener.getLocalAddress());
      return new ConnectedPair<>(sender, listener.accept());
    }
  }

  /// Connects over TCP with a sending end that is no channel.
  ///
  /// @param buffers bounds, set before the connection is made
  /// @return both ends
  /// @throws IOException if the machine refuses
  @SuppressWarnings("AddressSelection") // the address is the listener's, a loopback one
  public static ConnectedPair<Socket> plainSocket(Buffers buffers) throws IOException {
    try (ServerSocketChannel listener = listen(buffers)) {
      Socket sender = new Socket();
      if (buffers.sendBytes() > 0) {
        sender.setSendBufferSize(buffers.sendBytes());
      }
      sender.connect(listener.getLocalAddress());
      return new ConnectedPair<>(sender, listener.accept());
    }
  }

  /// Connects over a UNIX-domain socket.
  ///
  /// @param buffers bounds
  /// @return both ends, in blocking mode
  /// @throws IOException if the machine refuses
  public static ConnectedPair<SocketChannel> unix(Buffers buffers) throws IOException {
    // not in java.io.tmpdir: the kernel takes no path above 107 bytes
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "pair");
    Path path = directory.resolve("s");
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path));
      SocketChannel sender = SocketChannel.open(StandardProtocolFamily.UNIX);
      bound(sender, buffers);
      sender.connect(listener.getLocalAddress());
      return new ConnectedPair<>(sender, listener.accept());
    } finally {
      Files.deleteIfExists(path);
      Files.delete(directory);
    }
  }

  /// Opens a pipe.
  ///
  /// @return both ends, in blocking mode
  /// @throws IOException if the machine refuses
  public static ConnectedPair<Pipe.SinkChannel> pipe() throws IOException {
    Pipe pipe = Pipe.open();
    return new ConnectedPair<>(pipe.sink(), pipe.source());
  }

  /// Closes both ends.
  @Override
  public void close() throws IOException {
    try (receiver) {
      sender.close();
    }
  }

  private static ServerSocketChannel listen(Buffers buffers) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    if (buffers.receiveBytes() > 0) {
      listener.setOption(StandardSocketOptions.SO_RCVBUF, buffers.receiveBytes());
    }
    return listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static void bound(SocketChannel sender, Buffers buffers) throws IOException {
    if (buffers.sendBytes() > 0) {
      sender.setOption(StandardSocketOptions.SO_SNDBUF, buffers.sendBytes());
    }
  }
}
