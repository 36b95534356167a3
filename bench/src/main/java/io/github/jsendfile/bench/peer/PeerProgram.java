package io.github.jsendfile.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Receives and throws away. One listener per [Manner]; prints their ports on one line, and ends
/// when its standard input does. Argument: how many bytes to read at a time.
final class PeerProgram {
  private static final int BURST_BYTES = 64 * 1024;
  private static final long BETWEEN_BURSTS_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final int BACKLOG = 4096;

  private static int readBytes;

  private PeerProgram() {}

  public static void main(String[] arguments) throws IOException {
    readBytes = Integer.parseInt(arguments[0]);
    StringJoiner ports = new StringJoiner(" ");
    for (Manner manner : Manner.values()) {
      ServerSocketChannel listener = listen(manner);
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      ports.add(manner + "=" + port);
      Thread.ofPlatform().daemon().name(manner.name()).start(() -> accept(listener, manner));
    }
    System.out.println(ports);
    while (System.in.read() >= 0) {
      // nothing to be told
    }
  }

  private static ServerSocketChannel listen(Manner manner) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    if (manner.receiveBufferBytes() > 0) {
      listener.setOption(StandardSocketOptions.SO_RCVBUF, manner.receiveBufferBytes());
    }
    return listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
  }

  private static void accept(ServerSocketChannel listener, Manner manner) {
    List<SocketChannel> stalled = new ArrayList<>(); // else they would be closed as garbage
    try {
      while (true) {
        SocketChannel connection = listener.accept();
        switch (manner) {
          case STALLED -> stalled.add(connection);
          case FAST -> start(() -> drain(connection));
          case IN_BURSTS -> start(() -> drainInBursts(connection));
          case ANSWERING -> start(() -> answer(connection));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot accept after " + stalled.size(), e);
    }
  }

  private interface Conversation {
    void hold() throws IOException;
  }

  private static void start(Conversation conversation) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                conversation.hold();
              } catch (IOException ignored) { // a reset ends a connection as well as anything
              }
            });
  }

  private static void drain(SocketChannel connection) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(readBytes);
    try (connection) {
      while (connection.read(buffer.clear()) >= 0) {
        // thrown away
      }
    }
  }

  private static void drainInBursts(SocketChannel connection) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BURST_BYTES);
    try (connection) {
      while (connection.read(buffer.clear()) >= 0) {
        LockSupport.parkNanos(BETWEEN_BURSTS_NANOS);
      }
    }
  }

  private static void answer(SocketChannel connection) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(readBytes);
    ByteBuffer answer = ByteBuffer.allocateDirect(1);
    try (connection) {
      ByteBuffer agreed = ByteBuffer.allocate(Integer.BYTES);
      while (agreed.hasRemaining() && connection.read(agreed) >= 0) {
        // these four only
      }
      int wanted = agreed.getInt(0);
      long received = 0;
      for (int count = 0; count >= 0; count = connection.read(buffer.clear())) {
        received += count;
        if (received >= wanted) {
          received -= wanted;
          connection.write(answer.clear());
        }
      }
    }
  }
}
