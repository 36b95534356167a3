package io.github.jsendfile.server.listener;

import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.NativeAccess;
import java.nio.channels.SocketChannel;

/// What the kernel says of a TCP connection, where it can be asked; beside whoever reads or writes.
public final class SocketStatus {
  private SocketStatus() {}

  /// Whether the peer has ended the connection, though what it sent before may be unread.
  ///
  /// @param channel connected
  /// @return false if it has not, or if that cannot be told
  public static boolean hasPeerEnded(SocketChannel channel) {
    Descriptors descriptors = NativeAccess.descriptors();
    return descriptors != null && descriptors.hasPeerEnded(channel);
  }

  /// Whether the peer has reset the connection, which this end has not ended.
  ///
  /// @param channel connected
  /// @return false if it has not, or if that cannot be told
  public static boolean isReset(SocketChannel channel) {
    Descriptors descriptors = NativeAccess.descriptors();
    return descriptors != null && descriptors.isReset(channel);
  }

  /// How many bytes have been written and are not even on their way to the peer yet.
  ///
  /// @param channel connected
  /// @return a count, or -1 if that cannot be told
  public static int unsent(SocketChannel channel) {
    Descriptors descriptors = NativeAccess.descriptors();
    return descriptors == null ? -1 : descriptors.unsent(channel);
  }
}
