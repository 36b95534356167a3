package io.github.jsendfile.bench.crowd;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What the kernel holds of our connections, as /proc/net/tcp tells it: for a peer that has read
/// nothing, what waits in the sender's queue and in the peer's is what the kernel took, to the
/// byte. Nothing of ours has counted it.
final class KernelQueues {
  private final Map<Integer, Long> heldByLocalPort = new HashMap<>();

  private KernelQueues() {}

  /// Looks at all connections to a port on this machine.
  static KernelQueues to(int peerPort) throws IOException {
    KernelQueues queues = new KernelQueues();
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      Path path = Path.of(table);
      if (Files.exists(path)) {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
          lines.readLine(); // the heads
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            queues.add(line.strip().split("\\s+", 6), peerPort);
          }
        }
      }
    }
    return queues;
  }

  /// `sl local_address rem_address st tx_queue:rx_queue …`, all hexadecimal.
  private void add(String[] words, int peerPort) {
    int local = port(words[1]);
    int remote = port(words[2]);
    String[] held = words[4].split(":", 2);
    if (remote == peerPort) {
      heldByLocalPort.merge(local, Long.parseLong(held[0], 16), Long::sum);
    } else if (local == peerPort && remote != 0) {
      heldByLocalPort.merge(remote, Long.parseLong(held[1], 16), Long::sum);
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }

  /// How many bytes the kernel took from the connection that has this local port.
  long taken(int localPort) {
    return heldByLocalPort.getOrDefault(localPort, -1L);
  }
}
