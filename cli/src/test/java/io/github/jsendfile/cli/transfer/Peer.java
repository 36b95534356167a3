package io.github.jsendfile.cli.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The other end of one connection, played by the test.
final class Peer implements AutoCloseable {
  /// What to do with the connection.
  interface Part {
    byte[] play(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final CompletableFuture<byte[]> result;

  private Peer(ServerSocket server, Part part) {
    this.server = server;
    this.result =
        CompletableFuture.supplyAsync(
            () -> {
              try (Socket socket = server.accept()) {
                return part.play(socket);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            Thread::startVirtualThread);
  }

  /// Listens, and plays its part with the first who connects.
  static Peer that(Part part) throws IOException {
    return new Peer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), part);
  }

  /// Takes all until the end, then closes.
  static Peer thatTakesAll() throws IOException {
    return that(Peer::takeAll);
  }

  static byte[] takeAll(Socket socket) throws IOException {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(taken);
    return taken.toByteArray();
  }

  static byte[] reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    return new byte[0];
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  boolean wasConnectedTo() {
    return result.isDone();
  }

  byte[] taken() {
    return result.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
