package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Which mechanism receives, and what happens when none may.
@ExtendWith(LeakCheck.class)
@Timeout(30)
@Spec({"SF-63", "SF-74"})
class ReceiveLadderTest {
  @TempDir private Path directory;

  @AfterEach
  void clear() {
    System.clearProperty(Availability.OFF_PROPERTY);
  }

  private interface Receiving {
    void by(SocketChannel socket, FileChannel file) throws IOException;
  }

  private void withTenBytes(Receiving receiving) throws IOException {
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(Buffers.BOUNDED);
        FileChannel file =
            FileChannel.open(
                directory.resolve("received"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
      pair.sender().write(Pattern.buffer(0, 10));
      receiving.by((SocketChannel) pair.receiver(), file);
    }
  }

  @Test
  void nativeCallsComeFirstWhereTheyCanBeHad() {
    ReceiveLadder ladder = ReceiveLadder.of(List.of(Mechanism.values()));
    assertThat(ladder.nativeReceive() != null)
        .isEqualTo(Mechanism.NATIVE.availability().available());
    assertThat(ladder.copies()).isTrue();
  }

  @Test
  void thePropertyForcesThemOff() throws IOException {
    System.setProperty(Availability.OFF_PROPERTY, "native");
    FileReceiver receiver = FileReceiver.builder().build();
    withTenBytes(
        (socket, file) -> {
          Received done = receiver.receive(socket, file, 0, 10);
          assertThat(done.bytesReceived()).isEqualTo(10);
          assertThat(done.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
        });
  }

  @Test
  @Spec("SF-64")
  void whatIsAllowedButCannotBeHadIsSaidAndNothingIsRead() throws IOException {
    System.setProperty(Availability.OFF_PROPERTY, "native,copy");
    assertUnavailable(FileReceiver.builder().build(), Availability.OFF_PROPERTY);
    System.clearProperty(Availability.OFF_PROPERTY);
    assertUnavailable(
        FileReceiver.builder().mechanisms(Mechanism.CHANNEL_TRANSFER).build(), "CHANNEL_TRANSFER");
  }

  private void assertUnavailable(FileReceiver receiver, String reason) throws IOException {
    withTenBytes(
        (socket, file) -> {
          MechanismUnavailableException e =
              catchThrowableOfType(
                  MechanismUnavailableException.class, () -> receiver.receive(socket, file, 0, 10));
          assertThat(e).hasMessageContaining(reason);
          assertThat(e.bytesTransferred()).isZero();
          assertThat(socket.socket().getInputStream().available()).isEqualTo(10);
        });
  }

  @Test
  void noneAtAllIsRefused() {
    assertThatThrownBy(() -> FileReceiver.builder().mechanisms())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
