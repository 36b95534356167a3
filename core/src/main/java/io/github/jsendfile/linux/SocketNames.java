package io.github.jsendfile.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The two ends of a TCP connection. No two connections have both in common at the same time; but
/// when a peer has reset one, its names are free for the next, though its channel is still open.
record SocketNames(Name local, Name remote) {
  /// Room for a `struct sockaddr_in6`.
  private static final int ADDRESS_BYTES = 28;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  /// An address, the IPv4 ones as IPv6 has them.
  record Name(String address, int port) {
    static @Nullable Name of(@Nullable SocketAddress socket) {
      return socket instanceof InetSocketAddress internet
          ? new Name(text(internet.getAddress().getAddress()), internet.getPort())
          : null;
    }

    private static Name of(byte[] address, int port) {
      return new Name(text(address), port);
    }

    private static String text(byte[] address) {
      boolean mapped =
          address.length == 16
              && Arrays.equals(address, 0, 12, MAPPED_PREFIX, 0, MAPPED_PREFIX.length);
      return Arrays.toString(mapped ? Arrays.copyOfRange(address, 12, 16) : address);
    }

    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
  }

  /// What the JDK says of a socket.
  ///
  /// @return null if it is not TCP
  static @Nullable SocketNames of(JdkSocket socket) throws IOException {
    return switch (socket) {
      case JdkSocket.OfChannel(SocketChannel channel) ->
          of(channel.getLocalAddress(), channel.getRemoteAddress());
      case JdkSocket.Plain(Socket plain) ->
          of(plain.getLocalSocketAddress(), plain.getRemoteSocketAddress());
    };
  }

  private static @Nullable SocketNames of(
      @Nullable SocketAddress localEnd, @Nullable SocketAddress remoteEnd) {
    Name local = Name.of(localEnd);
    Name remote = Name.of(remoteEnd);
    return local == null || remote == null ? null : new SocketNames(local, remote);
  }

  /// Room for what the kernel says of a descriptor.
  static MemorySegment room(Arena arena) {
    return arena.allocate(ADDRESS_BYTES, Long.BYTES);
  }

  /// Whether the remote end that the kernel has filled in can be this one, at a glance.
  boolean mayHaveRemote(MemorySegment address) {
    return port(address) == remote.port();
  }

  /// What the kernel says of a descriptor.
  ///
  /// @return null if it is not a connected TCP socket
  static @Nullable SocketNames of(Kernel kernel, int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = room(arena);
      Name remote = kernel.remoteAddress(descriptor, address) < 0 ? null : read(address);
      if (remote == null || kernel.localAddress(descriptor, address) < 0) {
        return null;
      }
      Name local = read(address);
      return local == null ? null : new SocketNames(local, remote);
    }
  }

  private static @Nullable Name read(MemorySegment address) {
    int port = port(address);
    return switch (address.get(ValueLayout.JAVA_SHORT, 0)) {
      case AF_INET -> Name.of(bytes(address, 4, 4), port);
      case AF_INET6 -> Name.of(bytes(address, 8, 16), port);
      default -> null;
    };
  }

  private static int port(MemorySegment address) {
    return Short.toUnsignedInt(address.get(NETWORK_SHORT, 2));
  }

  private static byte[] bytes(MemorySegment address, long from, long length) {
    return address.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE);
  }
}
