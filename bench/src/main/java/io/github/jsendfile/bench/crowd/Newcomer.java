package io.github.jsendfile.bench.crowd;

import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/// A new client with a fast line: from its connecting until it says that all has arrived.
final class Newcomer {
  private static final int FILE_BYTES = 1 << 20;

  private final FileChannel file;
  private final int port;
  private final Sending sending;

  Newcomer(FileChannel file, int port, Sending sending) {
    this.file = file;
    this.port = port;
    this.sending = sending;
  }

  /// Serves so many, one after the other, each on a new virtual thread.
  ///
  /// @return how long each had to wait, in milliseconds
  double[] serve(int clients) throws InterruptedException {
    double[] millis = new double[clients];
    for (int i = 0; i < clients; i++) {
      long start = System.nanoTime();
      Thread.startVirtualThread(this::serveOne).join();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }

  void serveOne() {
    try (SocketChannel socket = Peer.connectAnswering(port, FILE_BYTES)) {
      sending.send(file, FILE_BYTES, socket);
      Peer.awaitAnswer(socket, ByteBuffer.allocate(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
