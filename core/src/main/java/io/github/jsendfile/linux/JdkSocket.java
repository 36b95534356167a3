package io.github.jsendfile.linux;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A connected socket that the JDK itself made, behind which there is a descriptor and nothing
/// else: no encryption, nobody who counts or changes what passes.
public sealed interface JdkSocket {
  /// A socket channel.
  record OfChannel(SocketChannel channel) implements JdkSocket {
    @Override
    public SocketChannel object() {
      return channel;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public boolean keepsAlive() throws IOException {
      return channel.getOption(StandardSocketOptions.SO_KEEPALIVE);
    }

    @Override
    public void keepAlive(boolean on) throws IOException {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, on);
    }
  }

  /// A socket that is no channel.
  record Plain(Socket socket) implements JdkSocket {
    @Override
    public Socket object() {
      return socket;
    }

    @Override
    public boolean isOpen() {
      return !socket.isClosed();
    }

    @Override
    public boolean keepsAlive() throws IOException {
      return socket.getKeepAlive();
    }

    @Override
    public void keepAlive(boolean on) throws IOException {
      socket.setKeepAlive(on);
    }
  }

  /// The object itself: what a program has in its hands.
  Object object();

  /// Whether it is open: the JDK says no before it closes the descriptor.
  boolean isOpen();

  /// `SO_KEEPALIVE`, as the JDK sees it.
  boolean keepsAlive() throws IOException;

  /// Sets `SO_KEEPALIVE`.
  void keepAlive(boolean on) throws IOException;

  /// A socket that is no channel, if it is one of the JDK's own: of that very class, since what
  /// extends it may encrypt, and not of a program's implementation, which may too.
  ///
  /// @return null if it is not
  static @Nullable JdkSocket of(Socket socket) {
    boolean own = socket.getClass() == Socket.class && socket.getChannel() == null;
    return own && !mayBeAnothersImplementation() ? new Plain(socket) : null;
  }

  /// Whether the program has put its own implementation below [Socket] or [ServerSocket]. The JDK
  /// tells by refusing a second one; setting none where there is none changes nothing.
  @SuppressWarnings("deprecation") // no program should do this any more, but one may
  private static boolean mayBeAnothersImplementation() {
    try {
      Socket.setSocketImplFactory(null);
      ServerSocket.setSocketFactory(null);
      return false;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      throw new AssertionError(e); // it has no other
    }
  }
}
