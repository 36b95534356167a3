package io.github.jsendfile.bench.peer;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Placement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The process at the other end of every connection.
public final class Peer implements AutoCloseable {
  private final ChildProcess process;
  private final Map<Manner, Integer> ports = new EnumMap<>(Manner.class);

  /// In the range of the programs that files are fetched with. With 1 MiB, which the large files
  /// are measured with as well, zero-copy leads by less.
  public static final int READ_BYTES = 64 * 1024;

  /// Starts one that the scheduler may put anywhere.
  public Peer() throws IOException {
    this(Placement.ANYWHERE, READ_BYTES);
  }

  /// Starts one.
  ///
  /// @param readBytes how much it reads at a time
  public Peer(Placement placement, int readBytes) throws IOException {
    List<String> options = List.of("-Xmx128m", "-XX:+UseSerialGC");
    process =
        new ChildProcess(placement.peer(ChildProcess.java(PeerProgram.class, options, readBytes)));
    for (String pair : process.answer().split(" ", -1)) {
      String[] halves = pair.split("=", 2);
      ports.put(Manner.valueOf(halves[0]), Integer.valueOf(halves[1]));
    }
  }

  /// Where it listens.
  public int port(Manner manner) {
    return ports.getOrDefault(manner, 0);
  }

  /// The address of a port on this machine.
  public static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// A new connection to a port on this machine.
  public static SocketChannel connect(int port) throws IOException {
    return SocketChannel.open(address(port));
  }

  /// A new connection to an answering peer.
  ///
  /// @param bytes how many it answers to
  public static SocketChannel connectAnswering(int port, int bytes) throws IOException {
    SocketChannel socket = connect(port);
    socket.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes));
    return socket;
  }

  /// Waits for an answer.
  public static void awaitAnswer(SocketChannel socket, ByteBuffer buffer) throws IOException {
    if (socket.read(buffer.clear().limit(1)) != 1) {
      throw new IOException("the peer did not say that all arrived");
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
