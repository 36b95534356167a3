package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.mechanism.NativeReceive;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A plain socket is received from by `splice(2)` too, which never waits for it.
@ParameterizedClass
@EnumSource(ThreadKind.class)
@ExtendWith(LeakCheck.class)
@Timeout(60)
@Spec("SF-74")
class PlainReceiveTest {
  private static final int SIZE = 5_000_011;

  @TempDir private Path directory;
  @Parameter private ThreadKind threads;
  private final BlockingWatch watch = new BlockingWatch();
  private Socket sending;
  private Socket receiving;
  private Path path;
  private FileChannel file;

  @BeforeEach
  void open() throws IOException {
    Receivers.assumeNative();
    try (ServerSocket server = new ServerSocket(0, 1, Receivers.loopback())) {
      sending = new Socket(Receivers.loopback(), server.getLocalPort());
      receiving = server.accept();
    }
    path = directory.resolve("received");
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @AfterEach
  void close() throws IOException {
    if (file != null) {
      file.close();
      sending.close();
      receiving.close();
    }
  }

  private FileReceiver strict(FileReceiver.Builder builder) {
    return builder.build(new ReceiveLadder(new NativeReceive(watch.kernel()), false, "none"));
  }

  private Thread feed(int count) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                sending.getOutputStream().write(Pattern.bytes(0, count));
                sending.shutdownOutput();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allIsReceivedByTheKernelsCallWhichNeverCouldWait(boolean limited) throws Exception {
    FileReceiver.Builder builder = FileReceiver.builder();
    if (limited) {
      builder.stallTimeout(Duration.ofSeconds(20));
    }
    receiving.setSoTimeout(12_345);
    receiving.shutdownOutput(); // a socket that is no channel needs none for it
    Thread feeder = feed(SIZE);
    Received done = threads.run(() -> strict(builder).receive(receiving, file, 0, Long.MAX_VALUE));
    feeder.join();
    assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
    assertThat(done.bytesReceived()).isEqualTo(SIZE);
    assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, SIZE));
    assertThat(watch.blocking()).isEmpty();
    assertThat(receiving.getSoTimeout()).isEqualTo(12_345);
  }

  @Test
  void whatIsBehindTheLengthStaysInTheSocket() throws Exception {
    Thread feeder = feed(SIZE);
    int first = 1_234_567;
    FileReceiver receiver = strict(FileReceiver.builder());
    threads.run(() -> receiver.receive(receiving, file, 0, first));
    byte[] rest = receiving.getInputStream().readAllBytes();
    feeder.join();
    assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, first));
    assertThat(rest).isEqualTo(Pattern.bytes(first, SIZE - first));
  }

  @Test
  @Spec({"SF-53", "SF-74"})
  void aSilentPeerIsLeftAtTheLimitAndTheSocketStaysUsable() throws Exception {
    FileReceiver receiver = strict(FileReceiver.builder().stallTimeout(Duration.ofMillis(200)));
    Running<Received> call =
        Running.on(threads, () -> receiver.receive(receiving, file, 0, Long.MAX_VALUE));
    sending.getOutputStream().write(Pattern.bytes(0, 300_000));
    PeerStalledException e = catchThrowableOfType(PeerStalledException.class, call::await);
    assertThat(e.bytesTransferred()).isEqualTo(300_000);
    assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, 300_000));
    receiving.getOutputStream().write(42);
    assertThat(sending.getInputStream().read()).isEqualTo(42);
  }

  @Test
  @Spec({"SF-56", "SF-74"})
  void closingTheSocketInFullFlightEndsItAndTheCountIsTheFilesSize() throws Exception {
    Running<Received> call =
        Running.on(
            threads,
            () -> strict(FileReceiver.builder()).receive(receiving, file, 0, Long.MAX_VALUE));
    Thread feeder =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    while (true) {
                      sending.getOutputStream().write(new byte[50_000]);
                    }
                  } catch (IOException ignored) { // until the other end is closed
                  }
                });
    Eventually.holds(
        Duration.ofSeconds(9), () -> path.toFile().length() > 1_000_000, () -> "no bytes");
    receiving.close();
    TransferAbortedException e = catchThrowableOfType(TransferAbortedException.class, call::await);
    feeder.join();
    assertThat(e).hasCauseInstanceOf(AsynchronousCloseException.class);
    assertThat(e.bytesTransferred()).isEqualTo(file.size());
    assertThat(file.isOpen()).isTrue();
  }
}
