package io.github.jsendfile.bench.server;

import io.github.jsendfile.bench.Placement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/// What a server is to serve, and where.
///
/// @param folder the files
/// @param port of the loopback interface, free a moment ago
/// @param scratch a folder of its own, for its configuration and logs
/// @param placement which cores it runs on
public record Site(Path folder, int port, Path scratch, Placement placement) {
  /// At a free port.
  public static Site atFreePort(Path folder, Path scratch, Placement placement) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Site(folder, socket.getLocalPort(), scratch, placement);
    }
  }
}
