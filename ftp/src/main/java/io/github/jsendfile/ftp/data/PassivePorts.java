package io.github.jsendfile.ftp.data;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// The ports on which passive data connections are awaited. Thread-safe.
public final class PassivePorts {
  /// One connection is taken, a few of strangers may be refused meanwhile.
  private static final int BACKLOG = 8;

  /// What IANA leaves to whoever wants a port for a while (RFC 6335 §6).
  private static final int FIRST_DYNAMIC = 49152;

  private static final int LAST = 65535;

  /// So many of the dynamic ports are tried before the kernel is asked for any.
  private static final int TRIES = 16;

  private final int first;
  private final int last;
  private final boolean bounded;
  private final AtomicInteger open = new AtomicInteger();

  private PassivePorts(int first, int last, boolean bounded) {
    this.first = first;
    this.last = last;
    this.bounded = bounded;
  }

  /// Any free port. The kernel's own choice would be easy to guess, and dear: it passes over every
  /// port whose last connection is in TIME_WAIT, up to 3 ms of work behind some thousand transfers
  /// (Linux 6.18), while a named port may have such connections.
  public static PassivePorts any() {
    return new PassivePorts(FIRST_DYNAMIC, LAST, false);
  }

  /// The ports of a range.
  ///
  /// @throws IllegalArgumentException if it is none
  public static PassivePorts range(int first, int last) {
    if (first < 1 || last > LAST || first > last) {
      throw new IllegalArgumentException(
          "passivePorts is " + first + "-" + last + "; it must be within 1-65535, the less first");
    }
    return new PassivePorts(first, last, true);
  }

  /// How many could be listened on now; -1 if any port will do.
  public int left() {
    return bounded ? last - first + 1 - open.get() : -1;
  }

  /// Listens on one of the ports, beginning at random so that the next is hard to guess
  /// (RFC 2577 §8).
  ///
  /// @throws BindException if all are in use
  ServerSocketChannel listen(InetAddress address) throws IOException {
    int count = last - first + 1;
    int start = ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < (bounded ? count : TRIES); i++) {
      int port = first + (start + i) % count;
      try {
        return listen(new InetSocketAddress(address, port));
      } catch (BindException e) {
        // in use: the next
      }
    }
    if (!bounded) {
      return listen(new InetSocketAddress(address, 0));
    }
    throw new BindException("all passive ports are in use");
  }

  private ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel =
        ServerSocketChannel.open(
            address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true); // connections in TIME_WAIT
      channel.bind(address, BACKLOG);
      open.incrementAndGet();
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Gives a port back; its channel has been closed.
  void released() {
    open.decrementAndGet();
  }
}
