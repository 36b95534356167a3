package io.github.jsendfile.cli.transfer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// How much of what was sent the peer's machine has not confirmed yet. Linux tells in
/// `/proc/net/tcp`; elsewhere nobody knows.
final class SendQueue {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int QUEUES = 4;

  private final String localPort;
  private final String remotePort;

  private SendQueue(int localPort, int remotePort) {
    this.localPort = hex(localPort);
    this.remotePort = hex(remotePort);
  }

  static SendQueue of(SocketChannel channel) throws IOException {
    return new SendQueue(port(channel.getLocalAddress()), port(channel.getRemoteAddress()));
  }

  private static int port(SocketAddress address) {
    return address instanceof InetSocketAddress tcp ? tcp.getPort() : 0;
  }

  private static String hex(int port) {
    return String.format(Locale.ROOT, ":%04X", port);
  }

  /// Bytes not confirmed, the end of the stream counting as one; empty if it cannot be known.
  OptionalLong unconfirmed() {
    if (localPort.equals(":0000")) {
      return OptionalLong.empty();
    }
    List<Long> found = TABLES.stream().flatMap(this::lookUp).toList();
    return found.size() == 1 ? OptionalLong.of(found.getFirst()) : OptionalLong.empty();
  }

  private Stream<Long> lookUp(Path table) {
    try {
      return Files.readAllLines(table).stream()
          .map(line -> line.strip().split("\\s+", QUEUES + 2))
          .filter(columns -> columns.length > QUEUES)
          .filter(columns -> columns[LOCAL].endsWith(localPort))
          .filter(columns -> columns[REMOTE].endsWith(remotePort))
          .map(columns -> Long.parseLong(columns[QUEUES].split(":", 2)[0], 16));
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
