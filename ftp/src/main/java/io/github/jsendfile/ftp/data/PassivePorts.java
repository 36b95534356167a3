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

  private final int first;
  private final int last;
  private final AtomicInteger open = new AtomicInteger();

  private PassivePorts(int first, int last) {
    this.first = first;
    this.last = last;
  }

  /// Whatever port the kernel gives.
  public static PassivePorts any() {
    return new PassivePorts(0, 0);
  }

  /// The ports of a range.
  ///
  /// @throws IllegalArgumentException if it is none
  public static PassivePorts range(int first, int last) {
    if (first < 1 || last > 65535 || first > last) {
      throw new IllegalArgumentException(
          "passivePorts is " + first + "-" + last + "; it must be within 1-65535, the less first");
    }
    return new PassivePorts(first, last);
  }

  /// How many could be listened on now; -1 if the kernel chooses them.
  public int left() {
    return first == 0 ? -1 : last - first + 1 - open.get();
  }

  /// Listens on a port of the range, beginning at random so that the next is hard to guess
  /// (RFC 2577 §8).
  ///
  /// @throws BindException if all are in use
  ServerSocketChannel listen(InetAddress address) throws IOException {
    int count = last - first + 1;
    int start = ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < count; i++) {
      int port = first + (start + i) % count;
      try {
        return listen(new InetSocketAddress(address, port));
      } catch (BindException e) {
        if (first == 0) {
          throw e;
        }
      }
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
