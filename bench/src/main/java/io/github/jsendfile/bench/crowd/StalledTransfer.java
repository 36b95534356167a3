package io.github.jsendfile.bench.crowd;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.PeerStalledException;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// One of the crowd: a transfer on a virtual thread of its own to a peer that reads nothing.
final class StalledTransfer {
  private static final int SEND_BUFFER_BYTES = 64 * 1024;
  private static final int GREETING_BYTES = 1;

  /// What a transfer waits with.
  private static final int WAITING_BYTES = 4 * 1024;

  private final SocketChannel socket;
  private final int localPort;
  private final boolean usedBefore;
  private volatile boolean over;
  private volatile boolean stalled;
  private volatile long counted;
  private long taken;

  private StalledTransfer(SocketChannel socket, int localPort, boolean usedBefore) {
    this.socket = socket;
    this.localPort = localPort;
    this.usedBefore = usedBefore;
  }

  /// Connects, on the calling platform thread; a channel "used before" then greets its peer on a
  /// virtual one.
  static StalledTransfer connect(int port, boolean usedBefore)
      throws IOException, InterruptedException {
    SocketChannel socket = SocketChannel.open();
    socket.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
    socket.connect(Peer.address(port));
    int localPort = ((InetSocketAddress) socket.getLocalAddress()).getPort();
    if (usedBefore) {
      Thread.startVirtualThread(() -> greet(socket)).join();
    }
    return new StalledTransfer(socket, localPort, usedBefore);
  }

  static void greet(SocketChannel socket) {
    try {
      socket.write(ByteBuffer.allocate(GREETING_BYTES));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Thread start(FileSender sender, FileRegion region) {
    return Thread.startVirtualThread(
        () -> {
          try {
            counted = sender.send(region, socket).bytesSent();
          } catch (PeerStalledException e) {
            stalled = true;
            counted = e.bytesTransferred();
          } catch (IOException e) {
            System.err.println("unexpected: " + e);
          } finally {
            over = true;
          }
        });
  }

  void lookAt(KernelQueues queues) {
    taken = queues.taken(localPort) - (usedBefore ? GREETING_BYTES : 0);
  }

  boolean isOver() {
    return over;
  }

  /// Whether it ended by its stall limit with the count that the kernel had. The write that waits
  /// is tried once more when its channel is closed, and the kernel, which wakes a writer only when
  /// a third of the buffer is free, may find room for it.
  boolean endedRight() {
    long afterwards = counted - taken;
    return stalled && taken > 0 && afterwards >= 0 && afterwards <= WAITING_BYTES;
  }

  @Override
  public String toString() {
    return "stalled=" + stalled + " counted=" + counted + " taken=" + taken;
  }
}
