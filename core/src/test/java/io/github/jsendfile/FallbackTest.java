package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.DirectMemory;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which mechanism is taken, and what happens when none is left.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class FallbackTest {
  private static final int SIZE = 300_000;

  @TempDir Path directory;
  private Path file;
  private Peer<SocketChannel> peer;

  @BeforeEach
  void connect() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
    peer = Peer.tcp(new PeerBehavior.Fast());
  }

  /// They are made once: before a test forces a mechanism off.
  @BeforeAll
  static void makeDefaults() {
    var _ = FileSender.defaults();
  }

  @AfterEach
  void disconnect() throws IOException {
    System.clearProperty(Availability.OFF_PROPERTY);
    peer.close();
  }

  @Test
  @Spec("SF-60")
  void bestMechanismThatCanBeHadIsTaken() throws IOException {
    assertThat(Mechanism.values())
        .containsExactly(Mechanism.NATIVE, Mechanism.CHANNEL_TRANSFER, Mechanism.BUFFERED_COPY);
    assertThat(send(FileSender.defaults()).mechanism()).isEqualTo(Senders.mechanisms().getFirst());
  }

  @Test
  @Spec({"SF-60", "SF-63"})
  void propertyForcesMechanismsOff() throws IOException {
    System.setProperty(Availability.OFF_PROPERTY, "native, Channel");
    assertThat(Mechanism.CHANNEL_TRANSFER.availability().available()).isFalse();
    assertThat(Mechanism.CHANNEL_TRANSFER.availability().detail())
        .contains(Availability.OFF_PROPERTY);
    assertThat(send(FileSender.builder().build()).mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
    assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
  }

  @Test
  @Spec({"SF-60", "SF-61"})
  void whatAMechanismDeclinesTheNextOneSends() throws IOException {
    for (Mechanism mechanism : Senders.mechanisms()) {
      FileSender sender = Senders.preferring(mechanism);
      FileRegion stream = FileRegion.of(new ByteArrayInputStream(Pattern.bytes(0, SIZE)));
      Transfer copied = sender.send(stream, peer.socket());
      assertThat(copied.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
      assertThat(copied.bytesSent()).isEqualTo(SIZE);
    }
  }

  @ParameterizedTest
  @EnumSource(Mechanism.class)
  @Spec("SF-63")
  void mechanismSaysWhatItCanDoHere(Mechanism mechanism) {
    Availability availability = mechanism.availability();
    assertThat(availability.mechanism()).isEqualTo(mechanism);
    assertThat(availability.detail()).isNotBlank();
    assertThat(Mechanism.of(mechanism.word().toUpperCase(Locale.ROOT))).isEqualTo(mechanism);
  }

  @Test
  @Spec("SF-63")
  void zeroCopyOfTheJdkIsCalledUnverified() {
    assertThat(Mechanism.CHANNEL_TRANSFER.availability().detail())
        .contains("by the JDK, unverified");
    assertThatThrownBy(() -> Mechanism.of("splice"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("splice");
  }

  @Test
  @Spec("SF-63")
  void mechanismsAreRestricted() throws IOException {
    for (Mechanism mechanism : Senders.mechanisms()) {
      assertThat(send(Senders.only(mechanism)).mechanism()).isEqualTo(mechanism);
    }
    assertThatThrownBy(() -> FileSender.builder().mechanisms())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("zeroCopies")
  @Spec({"SF-63", "SF-64"})
  void zeroCopyAloneRefusesWhatItCannotCarry(Mechanism mechanism) throws IOException {
    FileSender sender = Senders.only(mechanism);
    FileRegion stream = FileRegion.of(new ByteArrayInputStream(new byte[10]));
    assertUnavailable(() -> sender.send(stream, peer.socket()));
    Payload mixed = Payload.of(Pattern.buffer(0, 10), FileRegion.of(file), stream);
    assertUnavailable(() -> sender.send(mixed, peer.socket()));
    assertUnavailable(
        () -> sender.send(FileRegion.of(file), Channels.newChannel(new ByteArrayOutputStream())));
    try (FileChannel foreign = new LyingFileChannel(FileChannel.open(file), SIZE)) {
      assertUnavailable(() -> sender.send(FileRegion.of(foreign), peer.socket()));
    }
    assertThat(peer.socket().isOpen()).isTrue();
    assertThat(peer.finish().count()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Mechanism.class)
  @Spec("SF-64")
  void onlyMechanismThatCannotBeHadFailsWithTheReasonAndSendsNothing(Mechanism mechanism)
      throws IOException {
    System.setProperty(Availability.OFF_PROPERTY, mechanism.word());
    String reason = mechanism.availability().detail();
    FileSender strict = Senders.only(mechanism);
    Payload payload = Payload.of(Pattern.buffer(0, 10), FileRegion.of(file));
    MechanismUnavailableException failure =
        assertUnavailable(() -> strict.send(payload, peer.socket()));
    assertThat(failure).hasMessageContaining(reason);
    assertThat(peer.socket().isOpen()).isTrue();
    assertThat(peer.finish().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 50_000, SIZE - 1, SIZE + 1, 1L << 40, Long.MAX_VALUE})
  @Spec({"SF-26", "SF-31"})
  void sizeOfAForeignFileChannelIsOnlyAHint(long size) throws IOException {
    try (FileChannel lying = new LyingFileChannel(FileChannel.open(file), size)) {
      Transfer transfer = FileSender.defaults().send(FileRegion.of(lying), peer.socket());
      assertThat(transfer.bytesSent()).isEqualTo(SIZE);
      assertThat(transfer.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
    }
  }

  @Test
  @Spec("SF-62")
  void stalledCopiesHoldHardlyAnyDirectMemory() throws Exception {
    int crowd = 200;
    FileSender copying = Senders.only(Mechanism.BUFFERED_COPY);
    Path large = OddFiles.in(directory).ofSize(2 * 1024 * 1024);
    List<ConnectedPair<SocketChannel>> pairs = new ArrayList<>();
    List<PendingTransfer> pending = new ArrayList<>();
    long before = DirectMemory.usedBytes();
    try {
      for (int i = 0; i < crowd; i++) {
        pairs.add(ConnectedPair.tcp(Buffers.BOUNDED));
        pending.add(copying.sendAsync(FileRegion.of(large), pairs.get(i).sender()));
      }
      Eventually.holds(
          Duration.ofSeconds(10),
          () -> pending.stream().allMatch(transfer -> transfer.bytesTransferred() > 0),
          () -> "not all have begun");
      // at most 64 buffers of 256 KiB, which are kept for later, and 4 KiB for each that waits
      assertThat(DirectMemory.usedBytes() - before).isLessThan((64 * 256 + crowd * 8) * 1024L);
    } finally {
      pending.forEach(transfer -> transfer.cancel(true));
      for (ConnectedPair<SocketChannel> pair : pairs) {
        pair.close();
      }
    }
  }

  private Transfer send(FileSender sender) throws IOException {
    return sender.send(FileRegion.of(file), peer.socket());
  }

  static List<Mechanism> zeroCopies() {
    return Senders.mechanisms().stream()
        .filter(mechanism -> mechanism != Mechanism.BUFFERED_COPY)
        .toList();
  }

  private interface Sending {
    void run() throws IOException;
  }

  private static MechanismUnavailableException assertUnavailable(Sending sending) {
    MechanismUnavailableException failure =
        catchThrowableOfType(MechanismUnavailableException.class, sending::run);
    assertThat(failure).isNotNull();
    assertThat(failure.bytesTransferred()).isZero();
    return failure;
  }
}
