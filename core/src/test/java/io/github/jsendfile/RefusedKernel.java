package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.endpoint.FileSource;
import io.github.jsendfile.endpoint.SocketChannelTarget;
import io.github.jsendfile.endpoint.SocketTarget;
import io.github.jsendfile.endpoint.Target;
import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.Finding;
import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.linux.StubKernel;
import io.github.jsendfile.mechanism.Attempt;
import io.github.jsendfile.mechanism.BufferedCopy;
import io.github.jsendfile.mechanism.ChannelTransfer;
import io.github.jsendfile.mechanism.DropBehind;
import io.github.jsendfile.mechanism.NativeReceive;
import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What is done over a kernel that may refuse a call, everything included that a transfer calls it
/// for, and checked for being whole and counted right.
final class RefusedKernel {
  private static final int HEAD = 200;
  private static final int SIZE = 150_000;
  private static final int TAIL = 100;
  private static final int LARGE = 1 << 20;
  private static final int TOTAL = HEAD + SIZE + TAIL;
  private static final Buffers ROOMY = new Buffers(0, 200 * 1024);

  private final StubKernel stub = new StubKernel(NativeAccess.here().kernel());
  private final Finding finding;
  private final Descriptors descriptors;
  private final NativeReceive nativeReceive;
  private final Path directory;
  private final Path file;

  RefusedKernel(Finding finding, Path directory) throws IOException {
    this.finding = finding;
    this.descriptors = finding.of(stub.kernel());
    this.nativeReceive = new NativeReceive(stub.kernel(), descriptors);
    this.directory = directory;
    this.file = OddFiles.in(directory).ofSize(TOTAL);
  }

  StubKernel stub() {
    return stub;
  }

  /// Sends a head, a file and a tail over a channel.
  void send(Mechanism... allowed) throws Exception {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      send(peer, new SocketChannelTarget(peer.socket(), descriptors), allowed);
    }
  }

  /// Sends the same over a socket that is none.
  void sendPlain(Mechanism... allowed) throws Exception {
    try (Peer<Socket> peer = Peer.plainSocket(new PeerBehavior.Fast())) {
      send(peer, new SocketTarget(peer.socket(), descriptors), allowed);
    }
  }

  private <S extends Closeable> void send(Peer<S> peer, Target target, Mechanism... allowed)
      throws Exception {
    Payload payload =
        Payload.of(
            Pattern.buffer(0, HEAD),
            FileRegion.of(file, HEAD, SIZE),
            Pattern.buffer(HEAD + SIZE, TAIL));
    FileSender sender =
        FileSender.builder()
            .unsentBytes(128 << 10)
            .stallTimeout(Duration.ofSeconds(20))
            .build(ladder(allowed));
    try (TransferLoop loop = new TransferLoop(sender, payload, target, true, null)) {
      loop.open();
      Transfer done = loop.run();
      assertThat(done.bytesSent()).isEqualTo(SIZE);
      assertThat(done.totalBytes()).isEqualTo(TOTAL);
      assertThat(List.of(allowed)).contains(done.mechanism());
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, TOTAL));
    } catch (MechanismUnavailableException e) {
      assertThat(peer.finish().count()).isBetween(0L, HEAD + e.bytesTransferred());
      throw e;
    }
  }

  private Ladder ladder(Mechanism... allowed) {
    return Ladder.ofRungs(Arrays.stream(allowed).map(this::rung).toArray(Ladder.Rung[]::new));
  }

  private Ladder.Rung rung(Mechanism mechanism) {
    return new Ladder.Rung(
        mechanism,
        switch (mechanism) {
          case NATIVE -> finding.attempt(stub.kernel());
          case CHANNEL_TRANSFER -> new ChannelTransfer();
          case BUFFERED_COPY -> new BufferedCopy();
        });
  }

  /// Sends more than a socket takes to a peer that stalls at first, on a virtual thread that may
  /// borrow another.
  void lend() throws Exception {
    Path large = OddFiles.in(directory).ofSize(LARGE);
    FileSender sender =
        FileSender.builder()
            .build(
                Ladder.ofRungs(
                    new Ladder.Rung(Mechanism.NATIVE, finding.lent(stub.kernel())),
                    rung(Mechanism.NATIVE),
                    rung(Mechanism.CHANNEL_TRANSFER),
                    rung(Mechanism.BUFFERED_COPY)));
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Stalled(0))) {
      Running<Transfer> call =
          Running.on(ThreadKind.VIRTUAL, () -> sender.send(FileRegion.of(large), peer.socket()));
      call.awaitWaitingForPeer();
      peer.release();
      assertThat(call.await().bytesSent()).isEqualTo(LARGE);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, LARGE));
    }
  }

  /// Receives over a channel.
  void receive(boolean copies) throws Exception {
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ROOMY)) {
      feed(pair.sender());
      SocketChannel socket = (SocketChannel) pair.receiver();
      check(file -> receiver(copies).receive(socket, file, 0, Long.MAX_VALUE));
    }
  }

  /// Receives over a socket that is none.
  void receivePlain(boolean copies) throws Exception {
    try (ConnectedPair<Socket> pair = ConnectedPair.plainSocket(ROOMY)) {
      feed((SocketChannel) pair.receiver());
      check(file -> receiver(copies).receive(pair.sender(), file, 0, Long.MAX_VALUE));
    }
  }

  /// Receives into a file that takes nothing from a pipe.
  void receiveAppending() throws Exception {
    Path received = Files.createTempFile(directory, "received", "");
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ROOMY);
        FileChannel channel = FileChannel.open(received, StandardOpenOption.APPEND)) {
      feed(pair.sender());
      SocketChannel socket = (SocketChannel) pair.receiver();
      try {
        receiver(true).receive(socket, channel, 0, Long.MAX_VALUE);
        assertThat(Files.readAllBytes(received)).isEqualTo(Pattern.bytes(0, SIZE));
      } catch (TransferException e) {
        assertThat(e.bytesTransferred()).isEqualTo(Files.size(received));
        throw e;
      }
    } finally {
      Files.delete(received);
    }
  }

  private static void feed(SocketChannel socket) throws IOException {
    Senders.writeAll(socket, Pattern.buffer(0, SIZE));
    socket.shutdownOutput();
  }

  private FileReceiver receiver(boolean copies) {
    return FileReceiver.builder().build(new ReceiveLadder(nativeReceive, copies, ""));
  }

  private interface Receiving {
    Received into(FileChannel file) throws IOException;
  }

  private void check(Receiving receiving) throws IOException {
    Path received = Files.createTempFile(directory, "received", "");
    try (FileChannel channel = FileChannel.open(received, StandardOpenOption.WRITE)) {
      Received done = receiving.into(channel);
      assertThat(done.bytesReceived()).isEqualTo(SIZE);
      assertThat(Files.readAllBytes(received)).isEqualTo(Pattern.bytes(0, SIZE));
    } finally {
      Files.delete(received);
    }
  }

  /// Sends to a peer that takes nothing, and is stopped by a limit.
  void stall() throws IOException {
    FileSender sender =
        FileSender.builder().stallTimeout(Duration.ofMillis(20)).build(ladder(Mechanism.values()));
    try (Peer<SocketChannel> peer =
        Peer.at(ConnectedPair.tcp(new Buffers(8 << 10, 8 << 10)), new PeerBehavior.Stalled(0))) {
      Target target = new SocketChannelTarget(peer.socket(), descriptors);
      try (TransferLoop loop = new TransferLoop(sender, FileRegion.of(file), target, true, null)) {
        loop.open();
        PeerStalledException e = catchThrowableOfType(PeerStalledException.class, loop::run);
        assertThat(e.bytesTransferred()).isLessThan(TOTAL);
        assertThat(peer.socket().isOpen()).isFalse();
        peer.release();
        assertThat(peer.awaitEnd().ending()).isEqualTo(Reception.Ending.RESET);
        assertThat(peer.reception().count()).isLessThanOrEqualTo(e.bytesTransferred());
      }
    }
  }

  /// Sends over a socket that the program closes while the kernel's own call is being made.
  void closeMeanwhile() throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      FileSender sender =
          FileSender.builder()
              .build(Ladder.ofRungs(new Ladder.Rung(Mechanism.NATIVE, closing(peer.socket()))));
      TransferException e =
          catchThrowableOfType(
              TransferException.class, () -> sender.send(FileRegion.of(file), peer.socket()));
      if (e instanceof MechanismUnavailableException) {
        peer.socket().close();
      }
      assertThat(peer.awaitEnd().count()).isLessThanOrEqualTo(e.bytesTransferred());
      assertThat(peer.reception().ending()).isEqualTo(Reception.Ending.END_OF_STREAM);
    }
  }

  private Attempt closing(SocketChannel socket) {
    StubKernel above = new StubKernel(stub.kernel());
    above.on(
        "sendfile",
        (_, real) -> {
          Senders.close(socket);
          return real.call();
        });
    return finding.attempt(above.kernel());
  }

  /// Asks how much a peer has still to be sent.
  int seesUnsent() throws IOException {
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ROOMY)) {
      return descriptors.unsent(pair.sender());
    }
  }

  /// Asks whether a peer has ended.
  boolean seesPeerEnd() throws IOException {
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ROOMY)) {
      pair.sender().close();
      return descriptors.hasPeerEnded((SocketChannel) pair.receiver());
    }
  }

  /// Drops a file from the cache, as a transfer in either direction does.
  void dropBehind() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      DropBehind behind = new DropBehind(stub.kernel(), descriptors, channel, -1, 0);
      behind.received(16 << 20);
      behind.drop(SIZE);
    }
  }

  /// Opens the file as it is opened where the JDK does not show its descriptors, and reads it.
  ///
  /// @return whether there is a descriptor of ours
  boolean opensItself() throws IOException {
    try (FileSource source = FileSource.open(file, TOTAL, stub.kernel())) {
      ByteBuffer content = ByteBuffer.allocate(TOTAL);
      while (content.hasRemaining() && source.read(content, content.position()) > 0) {}
      assertThat(content.array()).isEqualTo(Pattern.bytes(0, TOTAL));
      return source.ownDescriptor() >= 0;
    }
  }
}
