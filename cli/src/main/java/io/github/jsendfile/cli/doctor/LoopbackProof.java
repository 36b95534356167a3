package io.github.jsendfile.cli.doctor;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Received;
import io.github.jsendfile.Transfer;
import io.github.jsendfile.cli.argument.ByteSize;
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

  /// What a mechanism can be asked to do; the answer may differ, since the JDK does not show every
  /// descriptor unless told to.
  enum Task {
    SEND_PATH("sends a file"),
    SEND_CHANNEL("sends an open FileChannel"),
    RECEIVE("receives");

    final String words;

    Task(String words) {
      this.words = words;
    }

    /// Whether the mechanism is for this at all: the JDK's own way only sends.
    boolean suits(Mechanism mechanism) {
      return this != RECEIVE || mechanism != Mechanism.CHANNEL_TRANSFER;
    }
  }

  private final Path path;
  private final FileChannel file;
  private final byte[] content;
  private final ByteBuffer arrived = ByteBuffer.allocateDirect((int) SIZE.bytes() + 1);

  private LoopbackProof(Path path, FileChannel file, byte[] content) {
    this.path = path;
    this.file = file;
    this.content = content;
  }

  /// Writes the file.
  static LoopbackProof prepare() throws IOException {
    byte[] content = new byte[(int) SIZE.bytes()];
    new Random(1).nextBytes(content);
    Path path = Files.createTempFile("jsendfile-doctor", ".tmp");
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    file.write(ByteBuffer.wrap(content), 0);
    return new LoopbackProof(path, file, content);
  }

  /// Does it twice, the first time to warm up.
  ///
  /// @return bytes a second
  /// @throws io.github.jsendfile.MechanismUnavailableException if it cannot be done so here
  /// @throws IOException if what arrived is not what was sent, or came by another mechanism
  double carryOut(Task task, Mechanism mechanism) throws IOException {
    once(task, mechanism);
    return once(task, mechanism);
  }

  private double once(Task task, Mechanism mechanism) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel near = SocketChannel.open(server.getLocalAddress());
          SocketChannel far = server.accept()) {
        long startedAt = System.nanoTime();
        switch (task) {
          case SEND_PATH -> send(FileRegion.of(path), mechanism, near, far);
          case SEND_CHANNEL -> send(FileRegion.of(file), mechanism, near, far);
          case RECEIVE -> receive(mechanism, near, far);
        }
        return SIZE.bytes() * 1e9 / (System.nanoTime() - startedAt);
      }
    }
  }

  private void send(FileRegion region, Mechanism mechanism, SocketChannel near, SocketChannel far)
      throws IOException {
    FileSender sender =
        FileSender.builder().mechanisms(mechanism).stallTimeout(PATIENCE).exactly().build();
    CompletableFuture<Void> arrival = CompletableFuture.runAsync(() -> read(far));
    Transfer transfer = sender.send(region, near);
    near.shutdownOutput();
    await(arrival);
    check(transfer.mechanism(), mechanism);
  }

  private void receive(Mechanism mechanism, SocketChannel near, SocketChannel far)
      throws IOException {
    FileReceiver receiver =
        FileReceiver.builder().mechanisms(mechanism).stallTimeout(PATIENCE).exactly().build();
    Path copy = Files.createTempFile("jsendfile-doctor", ".tmp");
    try (FileChannel received =
        FileChannel.open(
            copy,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      CompletableFuture<Void> departure = CompletableFuture.runAsync(() -> write(near));
      Received done;
      try {
        done = receiver.receive(far, received, 0, SIZE.bytes());
      } catch (IOException e) {
        near.close(); // who writes need not go on
        throw e;
      }
      await(departure);
      arrived.clear();
      while (arrived.hasRemaining() && received.read(arrived, arrived.position()) >= 0) {
        // until the end
      }
      arrived.flip();
      check(done.mechanism(), mechanism);
    }
  }

  private void write(SocketChannel near) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      while (bytes.hasRemaining()) {
        near.write(bytes);
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static void await(CompletableFuture<Void> other) throws IOException {
    try {
      other.join();
    } catch (CompletionException e) {
      throw new IOException("the other end failed: " + e.getCause(), e);
    }
  }

  private void read(SocketChannel far) {
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

  private void check(Mechanism used, Mechanism wanted) throws IOException {
    if (used != wanted) {
      throw new IOException("it went by " + used.word());
    }
    if (!arrived.equals(ByteBuffer.wrap(content))) {
      throw new IOException(
          "what arrived is not what was sent: " + arrived.remaining() + " of " + SIZE + " bytes");
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }
}
