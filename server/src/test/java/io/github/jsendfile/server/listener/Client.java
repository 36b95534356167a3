package io.github.jsendfile.server.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/// The other end of a connection, on this machine.
record Client(Socket socket) implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  static Client of(int port) throws IOException {
    return from("127.0.0.1", port);
  }

  /// Connects from one of the loopback addresses.
  static Client from(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    return new Client(socket);
  }

  void say(String words) throws IOException {
    socket.getOutputStream().write(words.getBytes(UTF_8));
  }

  /// All there is until the end, or `reset` behind what there was before a reset.
  String hearAll() throws IOException {
    StringBuilder heard = new StringBuilder();
    try {
      for (int next = hear(); next >= 0; next = hear()) {
        heard.append((char) next);
      }
    } catch (SocketException e) {
      heard.append("reset");
    }
    return heard.toString();
  }

  /// One byte.
  int hear() throws IOException {
    return socket.getInputStream().read();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
