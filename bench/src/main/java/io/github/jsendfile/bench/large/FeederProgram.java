package io.github.jsendfile.bench.large;

import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Sends a file to whoever connects, as fast as it can, one after the other. Prints its port, and
/// ends when its standard input does. Argument: the file.
final class FeederProgram {
  private FeederProgram() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    ServerSocketChannel listener = ServerSocketChannel.open().bind(Peer.address(0));
    Thread.ofPlatform().daemon().start(() -> serve(listener, file));
    System.out.println(listener.socket().getLocalPort());
    while (System.in.read() >= 0) {
      // nothing to be told
    }
  }

  private static void serve(ServerSocketChannel listener, Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (true) {
        try (SocketChannel connection = listener.accept()) {
          for (long position = 0; position < channel.size(); ) {
            position += channel.transferTo(position, channel.size() - position, connection);
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot feed", e);
    }
  }
}
