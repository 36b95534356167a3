package io.github.jsendfile.bench.http.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The file server that everybody writes first: a virtual thread for each connection, which reads a
/// head, answers with one, and calls `transferTo` until the file is through. It knows GET of a
/// file that is there, and nothing else.
public final class NaivePeer {
  private static final int BACKLOG = 10_000;
  private static final String END_OF_HEAD = "\r\n\r\n";

  private NaivePeer() {}

  /// Serves until it is ended.
  ///
  /// @param arguments folder, port, scratch folder
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      int port = Integer.parseInt(arguments[1]);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      while (true) {
        SocketChannel client = server.accept();
        Thread.startVirtualThread(() -> serve(client, folder));
      }
    }
  }

  private static void serve(SocketChannel client, Path folder) {
    try (client) {
      ByteBuffer buffer = ByteBuffer.allocate(4096);
      while (client.read(buffer) >= 0) {
        String head = StandardCharsets.US_ASCII.decode(buffer.duplicate().flip()).toString();
        if (head.endsWith(END_OF_HEAD)) {
          buffer.clear();
          send(client, folder.resolve(head.split(" ", 3)[1].substring(1)));
        }
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  private static void send(SocketChannel client, Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      long size = file.size();
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + size + END_OF_HEAD;
      ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
      for (long position = 0; position < size; ) {
        position += file.transferTo(position, size - position, client);
      }
    }
  }
}
