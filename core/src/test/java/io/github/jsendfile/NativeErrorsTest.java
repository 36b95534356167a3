package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.linux.Errno;
import io.github.jsendfile.linux.Finding;
import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.linux.StubKernel;
import io.github.jsendfile.mechanism.BufferedCopy;
import io.github.jsendfile.mechanism.ChannelTransfer;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
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

/// What a transfer makes of the errors that a kernel, a sandbox or a file system may answer with:
/// each of them at the first call and at a later one.
@ParameterizedClass
@EnumSource(Finding.class)
@ExtendWith(LeakCheck.class)
@Timeout(30)
class NativeErrorsTest {
  private static final int SIZE = 3 << 20;

  private static final long CALL_BYTES = 1 << 20;

  /// The numbers of Linux once more, as `errno.h` has them, and what each must lead to.
  enum Case {
    EPERM(1, Outcome.DECLINED),
    EINTR(4, Outcome.SENT),
    EIO(5, Outcome.FILE),
    EBADF(9, Outcome.DECLINED),
    EAGAIN(11, Outcome.SENT),
    ENOMEM(12, Outcome.DECLINED),
    EACCES(13, Outcome.DECLINED),
    EINVAL(22, Outcome.DECLINED),
    ENFILE(23, Outcome.SENT),
    EMFILE(24, Outcome.SENT),
    ESPIPE(29, Outcome.DECLINED),
    EPIPE(32, Outcome.PEER),
    ENOSYS(38, Outcome.DECLINED),
    EOVERFLOW(75, Outcome.DECLINED),
    ENOTSOCK(88, Outcome.DECLINED),
    EOPNOTSUPP(95, Outcome.DECLINED),
    ENETDOWN(100, Outcome.PEER),
    ENETUNREACH(101, Outcome.PEER),
    ECONNABORTED(103, Outcome.PEER),
    ECONNRESET(104, Outcome.PEER),
    ENOTCONN(107, Outcome.PEER),
    ETIMEDOUT(110, Outcome.PEER),
    EHOSTUNREACH(113, Outcome.PEER),
    UNKNOWN(131, Outcome.FILE);

    private final int number;
    private final Outcome outcome;

    Case(int number, Outcome outcome) {
      this.number = number;
      this.outcome = outcome;
    }
  }

  enum Outcome {
    SENT,
    DECLINED,
    PEER,
    FILE
  }

  @TempDir private Path directory;
  @Parameter private Finding finding;
  private Path file;
  private StubKernel stub;
  private Peer<SocketChannel> peer;

  @BeforeEach
  void connect() throws IOException {
    Assumptions.assumeTrue(finding.isPossible(), "not to be had in this run: " + finding);
    file = OddFiles.in(directory).ofSize(SIZE);
    stub = new StubKernel(NativeAccess.here().kernel());
    peer = Peer.tcp(new PeerBehavior.Fast());
  }

  @AfterEach
  void disconnect() throws IOException {
    if (peer != null) {
      peer.close();
    }
  }

  @Test
  @Spec("SF-57")
  void everyRowOfTheTableIsTested() {
    assertThat(Arrays.stream(Case.values()).map(Enum::name))
        .containsExactlyElementsOf(Arrays.stream(Errno.values()).map(Enum::name).toList());
    for (Case row : Case.values()) {
      assertThat(Errno.of(row.number).name()).isEqualTo(row.name());
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  @Spec({"SF-57", "SF-61"})
  void atTheFirstCall(Case row) throws IOException {
    stub.failing("sendfile", 1, row.number);
    switch (row.outcome) {
      case SENT -> assertSentBy(Mechanism.NATIVE);
      case DECLINED -> {
        assertSentBy(Mechanism.CHANNEL_TRANSFER);
        assertThat(stub.calls("sendfile")).as("not tried again").isEqualTo(1);
      }
      case PEER -> assertPeersFault(row, 0, 0);
      case FILE -> assertFilesFault(row, 0, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  @Spec({"SF-43", "SF-57", "SF-61"})
  void atALaterCall(Case row) throws IOException {
    stub.failing("sendfile", 2, row.number);
    switch (row.outcome) {
      case SENT -> assertSentBy(Mechanism.NATIVE);
      case PEER -> assertPeersFault(row, 1, SIZE - 1);
      case FILE, DECLINED -> assertFilesFault(row, 1, SIZE - 1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Case.class,
      names = {"EPERM", "EINVAL", "ENOSYS", "EOPNOTSUPP"})
  @Spec({"SF-61", "SF-64"})
  void withoutAnotherMechanismNothingIsSent(Case row) throws IOException {
    stub.failingFrom("sendfile", 1, row.number);
    Ladder strict =
        Ladder.ofRungs(new Ladder.Rung(Mechanism.NATIVE, finding.attempt(stub.kernel())));
    MechanismUnavailableException e =
        catchThrowableOfType(
            MechanismUnavailableException.class,
            () -> FileSender.builder().build(strict).send(FileRegion.of(file), peer.socket()));
    assertThat(e).hasMessageContaining(row.name());
    assertThat(e.bytesTransferred()).isZero();
    assertThat(peer.finish().count()).isZero();
  }

  @Test
  @Spec({"SF-51", "SF-65"})
  void interruptedCallsAreMadeAgainAndFullOnesWaitedFor() throws IOException {
    stub.on(
        "sendfile",
        (nth, real) ->
            switch (nth % 4) {
              case 1 -> -Case.EINTR.number;
              case 2 -> -Case.EAGAIN.number;
              default -> real.call();
            });
    Transfer done = assertSentBy(Mechanism.NATIVE);
    assertThat(done.waits()).isPositive();
  }

  @Test
  @Spec("SF-50")
  void aKernelThatIsAlwaysFullDoesNotMakeItSpin() throws IOException {
    stub.failingFrom("sendfile", 1, Case.EAGAIN.number);
    assertArrives(FileRegion.of(file));
    assertThat(stub.calls("sendfile")).as("one for each small write").isLessThan(SIZE / 1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 22, 38})
  @Spec({"SF-60", "SF-61"})
  void aSandboxThatForbidsDuplicatesLeavesItToTheNext(int errno) throws IOException {
    stub.failingFrom("duplicate", 1, errno);
    assertSentBy(Mechanism.CHANNEL_TRANSFER);
    assertThat(stub.calls("sendfile")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @Spec({"SF-43", "SF-61"})
  void aProcessWithoutADescriptorToSpareGoesOnInSmallWritesUntilItHasOne(int from)
      throws IOException {
    for (Case exhausted : new Case[] {Case.EMFILE, Case.ENFILE}) {
      try (Peer<SocketChannel> next = Peer.tcp(new PeerBehavior.Fast())) {
        peer.close();
        peer = next;
        stub = new StubKernel(NativeAccess.here().kernel());
        AtomicInteger sentBefore = new AtomicInteger();
        stub.on(
            "duplicate",
            (nth, real) -> {
              if (nth < from || nth >= from + 20) {
                return real.call();
              }
              sentBefore.set(stub.calls("sendfile"));
              return -exhausted.number;
            });
        assertSentBy(Mechanism.NATIVE);
        assertThat(stub.calls("duplicate"))
            .as("refused twenty times")
            .isGreaterThanOrEqualTo(from + 20);
        assertThat(stub.calls("sendfile")).as("goes on by it").isGreaterThan(sentBefore.get());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @Spec({"SF-60", "SF-61"})
  void aRegionIsDeclinedAndTheOthersAreNot(int declined) throws IOException {
    AtomicInteger declines = new AtomicInteger();
    stub.on(
        "sendfile",
        (nth, real) -> {
          long position = (long) real.arguments()[2];
          if (position / CALL_BYTES != declined) {
            return real.call();
          }
          declines.incrementAndGet();
          return -Case.EINVAL.number;
        });
    Payload payload =
        Payload.of(
            FileRegion.of(file, 0, CALL_BYTES),
            FileRegion.of(file, CALL_BYTES, CALL_BYTES),
            FileRegion.of(file, 2 * CALL_BYTES, CALL_BYTES));
    assertThat(assertArrives(payload).mechanism()).isEqualTo(Mechanism.CHANNEL_TRANSFER);
    assertThat(declines).hasValue(1);
    assertThat(stub.calls("sendfile")).isGreaterThan(2);
  }

  private FileSender sender() {
    return FileSender.builder()
        .build(
            Ladder.ofRungs(
                new Ladder.Rung(Mechanism.NATIVE, finding.attempt(stub.kernel())),
                new Ladder.Rung(Mechanism.CHANNEL_TRANSFER, new ChannelTransfer()),
                new Ladder.Rung(Mechanism.BUFFERED_COPY, new BufferedCopy())));
  }

  private Transfer assertSentBy(Mechanism mechanism) throws IOException {
    Transfer done = assertArrives(FileRegion.of(file));
    assertThat(done.mechanism()).isEqualTo(mechanism);
    return done;
  }

  private Transfer assertArrives(Payload payload) throws IOException {
    Transfer done = sender().send(payload, peer.socket());
    assertThat(done.bytesSent()).isEqualTo(SIZE);
    assertThat(peer.finish().count()).isEqualTo(SIZE);
    assertThat(peer.reception().crc()).isEqualTo(Pattern.crc(0, SIZE));
    return done;
  }

  private void assertPeersFault(Case row, long least, long most) throws IOException {
    TransferException e = failure(least, most);
    assertThat(e).isInstanceOf(PeerClosedException.class).hasCauseInstanceOf(SocketException.class);
    assertThat(e).hasMessageContaining(row.name());
  }

  private void assertFilesFault(Case row, long least, long most) throws IOException {
    TransferException e = failure(least, most);
    assertThat(e).isExactlyInstanceOf(TransferException.class).hasMessageContaining(row.name());
  }

  private TransferException failure(long least, long most) throws IOException {
    TransferException e =
        catchThrowableOfType(
            TransferException.class, () -> sender().send(FileRegion.of(file), peer.socket()));
    assertThat(e).isNotNull();
    assertThat(e.mechanism()).isEqualTo(Mechanism.NATIVE);
    assertThat(e.bytesTransferred()).isBetween(least, most);
    assertThat(peer.socket().isOpen()).isTrue();
    assertThat(peer.finish().count()).isEqualTo(e.bytesTransferred());
    return e;
  }
}
