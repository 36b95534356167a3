package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.endpoint.SocketTarget;
import io.github.jsendfile.testkit.Reception.Ending;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;

/// A connection over which nothing but one byte may arrive, again and again, and what befalls the
/// transfer over it. The calling thread reads, so that whatever it does comes from another thread
/// than the transfer's.
final class StressedConnection implements AutoCloseable {
  /// What befalls a transfer when its peer has read [#STOP_AFTER] bytes.
  enum Fate {
    COMPLETED,
    CLOSED,
    CANCELLED,
    STALLED,
    RESET
  }

  private static final long STOP_AFTER = 200_000;

  /// That it ends at all: how promptly is asked where nothing else runs, in [Prompt].
  private static final Duration PROMPT = Duration.ofSeconds(5);

  private final Closeable socket;
  private final SocketChannel peer;
  private final byte only;
  private final Fate fate;
  private long received;
  private long stoppedAt = Long.MAX_VALUE;

  StressedConnection(ServerSocketChannel listener, byte only, Fate fate, boolean plain)
      throws IOException {
    socket = plain ? plainSocket(listener) : channel(listener);
    peer = listener.accept();
    this.only = only;
    this.fate = fate;
  }

  private static SocketChannel channel(ServerSocketChannel listener) throws IOException {
    SocketChannel socket = SocketChannel.open();
    socket.setOption(StandardSocketOptions.SO_SNDBUF, 64 << 10);
    socket.connect(listener.getLocalAddress());
    return socket;
  }

  @SuppressWarnings("AddressSelection") // the address is the listener's, a loopback one
  private static Socket plainSocket(ServerSocketChannel listener) throws IOException {
    Socket socket = new Socket();
    socket.setSendBufferSize(64 << 10);
    socket.connect(listener.getLocalAddress());
    return socket;
  }

  /// What takes the number that is free again.
  interface Next {
    void open() throws IOException;
  }

  /// Sends by `ladder`, reads, and checks what came of it.
  ///
  /// @return whether all was sent, by the native mechanism alone
  boolean run(Ladder ladder, FileRegion region, long size, ThreadKind thread, Next next)
      throws Exception {
    FileSender sender = senderOf(ladder);
    Future<Transfer> transfer =
        fate == Fate.CANCELLED
            ? sender.sendAsync(region, (SocketChannel) socket)
            : thread.start(() -> sendAndShutDown(sender, region));
    Ending ending = read(transfer, next);
    if (fate != Fate.COMPLETED) {
      assertThat(Duration.ofNanos(System.nanoTime() - stoppedAt))
          .as("to the end")
          .isLessThan(PROMPT);
    }
    return check(transfer, ending, size);
  }

  private FileSender senderOf(Ladder ladder) {
    FileSender.Builder builder = FileSender.builder();
    if (fate == Fate.STALLED) {
      builder.stallTimeout(Duration.ofMillis(60));
    }
    return builder.build(ladder);
  }

  private Transfer sendAndShutDown(FileSender sender, FileRegion region) throws IOException {
    if (socket instanceof Socket plain) {
      Transfer done = sender.send(region, plain);
      plain.shutdownOutput();
      return done;
    }
    SocketChannel channel = (SocketChannel) socket;
    Transfer done = sender.send(region, channel);
    channel.shutdownOutput();
    return done;
  }

  private Ending read(Future<Transfer> transfer, Next next) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(32 << 10);
    while (true) {
      try {
        if (peer.read(buffer.clear()) < 0) {
          return Ending.END_OF_STREAM;
        }
      } catch (IOException e) {
        return Ending.RESET;
      }
      checkBytes(buffer.flip());
      if (received >= STOP_AFTER && stoppedAt == Long.MAX_VALUE) {
        stop(transfer, next);
        stoppedAt = System.nanoTime();
      }
      if (!peer.isOpen()) {
        return Ending.OWN;
      }
    }
  }

  private void checkBytes(ByteBuffer bytes) {
    received += bytes.remaining();
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next != only) {
        throw new AssertionError(fate + ": byte " + next + " on the connection of " + only);
      }
    }
  }

  private void stop(Future<Transfer> transfer, Next next) throws IOException {
    switch (fate) {
      case COMPLETED -> {}
      case CLOSED -> {
        socket.close();
        next.open();
      }
      case CANCELLED -> transfer.cancel(true);
      case STALLED -> failure(transfer, PeerStalledException.class);
      case RESET -> {
        peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        peer.close();
      }
    }
  }

  private boolean check(Future<Transfer> transfer, Ending ending, long size) throws Exception {
    switch (fate) {
      case COMPLETED -> {
        assertThat(ending).isEqualTo(Ending.END_OF_STREAM);
        assertThat(received).isEqualTo(size);
        Transfer done = ThreadKind.get(transfer);
        assertThat(done.bytesSent()).isEqualTo(size);
        return done.mechanism() == Mechanism.NATIVE;
      }
      case CLOSED -> {
        long sent = failure(transfer, TransferAbortedException.class).bytesTransferred();
        assertThat(received).as("nothing after the close").isLessThanOrEqualTo(sent + uncounted());
      }
      case CANCELLED -> {
        assertThatThrownBy(transfer::get).isInstanceOf(CancellationException.class);
        assertThat(ending).isEqualTo(Ending.RESET);
      }
      case STALLED -> {
        long sent = failure(transfer, PeerStalledException.class).bytesTransferred();
        assertThat(received).isLessThanOrEqualTo(sent);
        assertThat(ending).isEqualTo(Ending.RESET);
      }
      case RESET -> failure(transfer, PeerClosedException.class);
    }
    return false;
  }

  /// Of a write to a plain socket nobody knows how far it came before the close.
  private int uncounted() {
    return socket instanceof Socket plain ? new SocketTarget(plain).maxWriteBytes() : 0;
  }

  private static <T extends TransferException> T failure(Future<Transfer> transfer, Class<T> type) {
    T failure = catchThrowableOfType(type, () -> ThreadKind.get(transfer));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    peer.close();
  }
}
