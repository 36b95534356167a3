package io.github.jsendfile.cli;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Transfer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Sends a file to itself, and looks whether it is the same.
final class LoopbackProof implements AutoCloseable {
  static final ByteSize SIZE = new ByteSize(32L << 20);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FileChannel file;
  private final byte[] content;
  private final ByteBuffer arrived = ByteBuffer.allocateDirect((int) SIZE.bytes() + 1);

  private LoopbackProof(FileChannel file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  /// Writes the file.
  static LoopbackProof prepare() throws IOException {
    byte[] content = new byte[(int) SIZE.bytes()];
    new Random(1).nextBytes(content);
    Path path = Files.createTempFile("jsendfile-doctor", ".tmp");
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    file.write(ByteBuffer.wrap(content), 0);
    return new LoopbackProof(file, content);
  }

  /// Sends it twice, the first time to warm up.
  ///
  /// @return bytes a second
  /// @throws IOException if it did not arrive as it was, or not by this mechanism
  double transfer(Mechanism mechanism) throws IOException {
    once(mechanism);
    return once(mechanism);
  }

  private double once(Mechanism mechanism) throws IOException {
    FileSender sender =
        FileSender.builder().mechanisms(mechanism).stallTimeout(PATIENCE).exactly().build();
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel near = SocketChannel.open(server.getLocalAddress());
          SocketChannel far = server.accept()) {
        CompletableFuture<Void> arrival = CompletableFuture.runAsync(() -> receive(far));
        long startedAt = System.nanoTime();
        Transfer transfer = sender.send(FileRegion.of(file), near);
        near.shutdownOutput();
        await(arrival);
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        check(transfer, mechanism);
        return transfer.bytesSent() / seconds;
      }
    }
  }

  private static void await(CompletableFuture<Void> arrival) throws IOException {
    try {
      arrival.join();
    } catch (CompletionException e) {
      throw new IOException("receiving failed: " + e.getCause(), e);
    }
  }

  private void receive(SocketChannel far) {
    arrived.clear();
    try {
      while (arrived.hasRemaining() && far.read(arrived) >= 0) {
        // until the end, or one byte too many
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
    arrived.flip();
  }

  private void check(Transfer transfer, Mechanism mechanism) throws IOException {
    if (transfer.mechanism() != mechanism) {
      throw new IOException("it went by " + transfer.mechanism().word());
    }
    if (!arrived.equals(ByteBuffer.wrap(content))) {
      throw new IOException(
          "what arrived is not what was sent: " + arrived.remaining() + " of " + SIZE + " bytes");
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
