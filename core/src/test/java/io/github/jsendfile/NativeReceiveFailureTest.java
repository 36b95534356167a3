package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.linux.StubKernel;
import io.github.jsendfile.mechanism.NativeReceive;
import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Kernels and files that refuse `splice(2)`, at once or midway: no byte is lost, none is written
/// twice, none stays in a pipe for the next one.
@ParameterizedClass
@EnumSource(ThreadKind.class)
@ExtendWith(LeakCheck.class)
@Timeout(60)
@Spec({"SF-61", "SF-74"})
class NativeReceiveFailureTest {
  private static final int SIZE = 400_000;
  private static final Buffers ROOMY = new Buffers(0, 200 * 1024);
  private static final int EPERM = 1;
  private static final int EINTR = 4;
  private static final int EIO = 5;
  private static final int EMFILE = 24;
  private static final int ECONNRESET = 104;

  @TempDir private Path directory;
  @Parameter private ThreadKind threads;
  private ConnectedPair<SocketChannel> pair;
  private SocketChannel socket;
  private Path path;
  private FileChannel file;
  private StubKernel stub;
  private NativeReceive nativeReceive;

  @BeforeEach
  void open() throws IOException {
    Receivers.assumeNative();
    pair = ConnectedPair.tcp(ROOMY);
    socket = (SocketChannel) pair.receiver();
    path = directory.resolve("received");
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    stub = new StubKernel(NativeAccess.here().kernel());
    nativeReceive = new NativeReceive(stub.kernel());
  }

  @AfterEach
  void close() throws IOException {
    if (pair != null) {
      file.close();
      pair.close();
    }
  }

  private FileReceiver receiver(boolean copies) {
    return FileReceiver.builder().build(new ReceiveLadder(nativeReceive, copies, ""));
  }

  private Received receive(FileChannel target) throws Exception {
    Senders.writeAll(pair.sender(), Pattern.buffer(0, SIZE));
    pair.sender().shutdownOutput();
    return threads.run(() -> receiver(true).receive(socket, target, 0, Long.MAX_VALUE));
  }

  private void assertAllArrives(Mechanism mechanism) throws Exception {
    Received done = receive(file);
    assertThat(done.bytesReceived()).isEqualTo(SIZE);
    assertThat(done.mechanism()).isEqualTo(mechanism);
    assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, SIZE));
  }

  @ParameterizedTest
  @ValueSource(ints = {EPERM, 9, 12, 13, 22, 38, 95})
  void aCallThatDoesNotExistOrIsForbiddenIsMadeOnce(int errno) throws Exception {
    stub.failingFrom("splice", 1, errno);
    assertAllArrives(Mechanism.BUFFERED_COPY);
    assertThat(stub.calls("splice")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,22", "1,28", "2,5", "3,95", "3,11"})
  void whatTheFileDoesNotTakeFromThePipeIsReadOutOfItAndWritten(int nthPour, int errno)
      throws Exception {
    stub.failingFrom("resizePipe", 1, EPERM); // a small pipe is filled more often
    Pours pours = new Pours();
    stub.on("splice", (_, real) -> pours.next() == nthPour ? -errno : pours.made(real.call()));
    assertAllArrives(Mechanism.BUFFERED_COPY);
    assertThat(pours.count).isEqualTo(nthPour);
    assertThat(stub.calls("read")).isPositive();
  }

  /// Tells the calls that take from the socket from those that put into the file.
  private static final class Pours {
    private long held;
    private int count;

    int next() {
      return held > 0 ? ++count : 0;
    }

    long made(long answer) {
      held = held > 0 ? held - answer : Math.max(0, answer);
      return answer;
    }
  }

  private int available() {
    try {
      return socket.socket().getInputStream().available();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aSignalOnlyMakesItCallAgain() throws Exception {
    stub.on("splice", (n, real) -> n % 3 == 1 ? -EINTR : real.call());
    assertAllArrives(Mechanism.NATIVE);
  }

  @Test
  void withoutAPipeItIsCopied() throws Exception {
    stub.failingFrom("pipe", 1, EMFILE);
    assertAllArrives(Mechanism.BUFFERED_COPY);
    assertThat(stub.calls("pipe")).isEqualTo(1);
  }

  @Test
  void aPipeThatCannotBeLargeIsUsedAsItIs() throws Exception {
    stub.failingFrom("resizePipe", 1, EPERM);
    assertAllArrives(Mechanism.NATIVE);
    assertThat(stub.calls("resizePipe")).isEqualTo(2);
    assertThat(stub.calls("pipe")).isEqualTo(1);
  }

  @Test
  void aResetThatTheCallTellsOfIsThePeersFault() throws Exception {
    stub.failingFrom("resizePipe", 1, EPERM); // so that one call does not take all
    stub.failingFrom("splice", 3, ECONNRESET);
    PeerClosedException e = catchThrowableOfType(PeerClosedException.class, () -> receive(file));
    assertThat(e.bytesTransferred()).isPositive().isEqualTo(Files.size(path));
    assertThat(e.mechanism()).isEqualTo(Mechanism.NATIVE);
    byte[] written = Files.readAllBytes(path);
    assertThat(written).isEqualTo(Pattern.bytes(0, written.length));
  }

  @Test
  void aFileThatIsAppendedToIsCopiedTo() throws Exception {
    Files.write(path, new byte[] {7});
    try (FileChannel appended = FileChannel.open(path, StandardOpenOption.APPEND)) {
      assertThat(receive(appended).mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
    }
    byte[] written = Files.readAllBytes(path);
    assertThat(written).hasSize(SIZE + 1).startsWith(7);
    assertThat(java.util.Arrays.copyOfRange(written, 1, SIZE + 1))
        .isEqualTo(Pattern.bytes(0, SIZE));
  }

  @Test
  @Spec("SF-64")
  void withoutCopyingItSaysHowFarItCame() throws Exception {
    try (FileChannel appended = FileChannel.open(path, StandardOpenOption.APPEND)) {
      Senders.writeAll(pair.sender(), Pattern.buffer(0, SIZE));
      MechanismUnavailableException e =
          catchThrowableOfType(
              MechanismUnavailableException.class,
              () -> threads.run(() -> receiver(false).receive(socket, appended, 0, SIZE)));
      assertThat(e.bytesTransferred()).isPositive().isEqualTo(Files.size(path));
    }
  }

  @Test
  void aFullDiskIsToldInTheJdksWordsAndLeavesNothingForTheNextFile() throws Exception {
    try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
      int size = 100_000; // as much as surely fits the receiving buffer
      Senders.writeAll(pair.sender(), Pattern.buffer(0, size));
      Eventually.holds(Duration.ofSeconds(5), () -> available() == size, () -> "not there");
      TransferException e =
          catchThrowableOfType(
              TransferException.class,
              () -> threads.run(() -> receiver(true).receive(socket, full, 0, size)));
      assertThat(e)
          .isExactlyInstanceOf(TransferException.class)
          .hasMessageContaining("No space left on device");
      assertThat(e.bytesTransferred()).isZero();
    }
    assertThat(stub.calls("splice")).isEqualTo(2);
    assertAllArrives(Mechanism.NATIVE);
  }

  @Test
  void aPipeThatCannotBeEmptiedIsNotUsedAgain() throws Exception {
    Pours pours = new Pours();
    stub.on("splice", (_, real) -> pours.next() == 1 ? -EPERM : pours.made(real.call()));
    stub.failing("read", 1, EIO);
    int size = 100_000;
    Senders.writeAll(pair.sender(), Pattern.buffer(7, size));
    Eventually.holds(Duration.ofSeconds(5), () -> available() == size, () -> "not there");
    TransferException e =
        catchThrowableOfType(
            TransferException.class,
            () -> threads.run(() -> receiver(true).receive(socket, file, 0, size)));
    assertThat(e.bytesTransferred()).isZero();
    assertThat(nativeReceive.pipesKept()).isZero();
    stub.on("splice", (_, real) -> real.call());
    assertAllArrives(Mechanism.NATIVE);
  }

  @Test
  void failuresAmongManyAtOnceMixNothingUp() throws Exception {
    int crowd = 24;
    List<Running<Long>> calls = new ArrayList<>();
    FileReceiver receiver = receiver(true);
    for (int i = 0; i < crowd; i++) {
      int number = i;
      calls.add(Running.on(threads, () -> exchange(receiver, number)));
    }
    for (int i = 0; i < crowd; i++) {
      long received = calls.get(i).await();
      if (i % 3 > 0) {
        assertThat(Files.readAllBytes(directory.resolve("many" + i)))
            .isEqualTo(Pattern.bytes((long) i << 32, SIZE));
        assertThat(received).isEqualTo(SIZE);
      }
    }
    assertThat(nativeReceive.pipesKept()).isPositive().isLessThanOrEqualTo(16);
    Eventually.holds(
        Duration.ofSeconds(5), () -> nativeReceive.pipesKept() == 0, () -> "pipes are kept");
  }

  /// One of three goes to a disk that is full.
  private long exchange(FileReceiver receiver, int number) throws Exception {
    Path target = number % 3 == 0 ? Path.of("/dev/full") : directory.resolve("many" + number);
    try (ConnectedPair<SocketChannel> next = ConnectedPair.tcp(Buffers.AUTOMATIC);
        FileChannel into =
            FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Thread feeder =
          Thread.startVirtualThread(
              () -> {
                try {
                  Senders.writeAll(next.sender(), Pattern.buffer((long) number << 32, SIZE));
                } catch (IOException ignored) { // who receives has failed
                }
              });
      long received = 0;
      try {
        received = receiver.receive((SocketChannel) next.receiver(), into, 0, SIZE).bytesReceived();
      } catch (TransferException e) {
        assertThat(number % 3).as(e.toString()).isZero();
        next.receiver().close();
      }
      feeder.join();
      return received;
    }
  }
}
