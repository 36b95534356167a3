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
  private static final ValueLayout.OfInt NETWORK_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong NETWORK_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /// What is before an IPv4 address in the lower half of an IPv6 one.
  private static final long MAPPED = 0xFFFF_0000_0000L;

  /// An address as the two halves of an IPv6 one, in which the IPv4 ones have their place.
  record Name(long high, long low, int port) {
    static @Nullable Name of(@Nullable SocketAddress socket) {
      return socket instanceof InetSocketAddress internet
          ? of(MemorySegment.ofArray(internet.getAddress().getAddress()), internet.getPort())
          : null;
    }

    private static Name of(MemorySegment address, int port) {
      return address.byteSize() == Integer.BYTES
          ? new Name(0, MAPPED | Integer.toUnsignedLong(address.get(NETWORK_INT, 0)), port)
          : new Name(address.get(NETWORK_LONG, 0), address.get(NETWORK_LONG, Long.BYTES), port);
    }
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

  /// What the kernel says of a descriptor.
  ///
  /// @return null if it is not a connected TCP socket
  static @Nullable SocketNames of(Kernel kernel, int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment room = room(arena);
      return kernel.remoteAddress(descriptor, room) < 0 ? null : of(kernel, descriptor, room);
    }
  }

  /// What the kernel says of a descriptor, whose remote end it has filled in already.
  ///
  /// @return null if it is not TCP
  static @Nullable SocketNames of(Kernel kernel, int descriptor, MemorySegment room) {
    Name remote = read(room);
    if (remote == null || kernel.localAddress(descriptor, room) < 0) {
      return null;
    }
    Name local = read(room);
    return local == null ? null : new SocketNames(local, remote);
  }

  private static @Nullable Name read(MemorySegment address) {
    int port = Short.toUnsignedInt(address.get(NETWORK_SHORT, 2));
    return switch (address.get(ValueLayout.JAVA_SHORT, 0)) {
      case AF_INET -> Name.of(address.asSlice(4, 4), port);
      case AF_INET6 -> Name.of(address.asSlice(8, 16), port);
      default -> null;
    };
  }
}
