package io.github.jsendfile.bench.large;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A way to send a whole file.
interface Way {
  void send(Path file, SocketChannel socket) throws IOException;
}
