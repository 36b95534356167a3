package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.endpoint.FileSource;
import io.github.jsendfile.endpoint.SocketChannelTarget;
import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.SourceException;
import io.github.jsendfile.endpoint.Target;
import io.github.jsendfile.mechanism.Attempt;
import io.github.jsendfile.mechanism.BufferedCopy;
import io.github.jsendfile.mechanism.ChannelTransfer;
import io.github.jsendfile.mechanism.Step;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Which mechanism is taken, when the next one is, and that nothing is ever tried twice.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class LadderTest {
  private static final int SIZE = 1 << 20;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  /// An attempt that answers from a script, and then like the copy.
  private static final class Scripted implements Attempt {
    private final List<Object> script;
    private int calls;

    Scripted(Object... script) {
      this.script = new ArrayList<>(List.of(script));
    }

    @Override
    public Optional<String> objection(Source source, Target target) {
      return Optional.empty();
    }

    @Override
    public Step move(Source source, long position, long count, Target target) throws IOException {
      calls++;
      Object next = script.isEmpty() ? new BufferedCopy() : script.removeFirst();
      return switch (next) {
        case Step step -> step;
        case Attempt attempt -> attempt.move(source, position, Math.min(count, 1000), target);
        case IOException failure -> throw failure;
        default -> throw new AssertionError(next);
      };
    }
  }

  private static FileSender sender(Attempt first) {
    return FileSender.builder()
        .build(
            Ladder.ofRungs(
                new Ladder.Rung(Mechanism.NATIVE, first),
                new Ladder.Rung(Mechanism.BUFFERED_COPY, new BufferedCopy())));
  }

  private <T extends Throwable> T failure(Attempt first, Class<T> type) throws IOException {
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      return catchThrowableOfType(
          type, () -> sender(first).send(FileRegion.of(file), peer.socket()));
    }
  }

  @Test
  @Spec({"SF-60", "SF-61"})
  void aMechanismThatDeclinesAtFirstIsFollowedByTheNext() throws IOException {
    Scripted declining = new Scripted(new Step.NotSupported("Invalid argument"));
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer done = sender(declining).send(FileRegion.of(file), peer.socket());
      assertThat(done.bytesSent()).isEqualTo(SIZE);
      assertThat(done.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
      assertThat(declining.calls).isEqualTo(1);
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
    }
  }

  @Test
  @Spec("SF-61")
  void anErrorAtTheFirstCallIsUnmaskedAndNothingIsTriedAgain() throws IOException {
    IOException error = new IOException("Input/output error");
    Scripted failing = new Scripted(error);
    PeerClosedException e = failure(failing, PeerClosedException.class);
    assertThat(e).hasCause(error);
    assertThat(e.bytesTransferred()).isZero();
    assertThat(failing.calls).isEqualTo(1);
  }

  @Test
  @Spec({"SF-61", "SF-43"})
  void anErrorAtTheSecondCallPropagatesWithTheCount() throws IOException {
    Scripted failing =
        new Scripted(new BufferedCopy(), new SourceException(new IOException("EIO")));
    TransferException e = failure(failing, TransferException.class);
    assertThat(e).isExactlyInstanceOf(TransferException.class).hasMessageContaining("EIO");
    assertThat(e.bytesTransferred()).isEqualTo(1000);
    assertThat(e.mechanism()).isEqualTo(Mechanism.NATIVE);
  }

  @Test
  @Spec("SF-61")
  void whoHasMovedBytesMayNotDecline() throws IOException {
    Scripted late = new Scripted(new BufferedCopy(), new Step.NotSupported("too late"));
    assertThat(failure(late, TransferException.class))
        .hasMessageContaining("declined after it had moved bytes");
  }

  @Test
  @Spec("SF-61")
  void aTargetThatIsNoSocketDisablesTheMechanismForItAlone() throws IOException {
    FileSender sender = FileSender.builder().mechanisms(Mechanism.CHANNEL_TRANSFER).build();
    try (Peer<Pipe.SinkChannel> pipe = Peer.pipe(new PeerBehavior.Fast());
        Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      assertThatThrownBy(() -> sender.send(FileRegion.of(file), pipe.socket()))
          .isInstanceOf(MechanismUnavailableException.class)
          .hasMessageContaining("the target is not a SocketChannel");
      assertThat(sender.send(FileRegion.of(file), (WritableByteChannel) peer.socket()).bytesSent())
          .isEqualTo(SIZE);
    }
  }

  @Test
  @Spec("SF-65")
  void bytesThatMovedBeforeTheTargetWasFullAreCountedOnce() throws IOException {
    Scripted partly = new Scripted(new BufferedCopy(), new Step.WouldBlock(), new BufferedCopy());
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Transfer done = sender(partly).send(FileRegion.of(file), peer.socket());
      assertThat(done.bytesSent()).isEqualTo(SIZE);
      assertThat(done.waits()).isPositive(); // the peer may make it wait too
      assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, SIZE));
    }
  }

  @Test
  @Spec("SF-63")
  void theLadderIsNativeThenChannelThenCopyAsFarAsTheyCanBeHad() throws IOException {
    Ladder ladder = Ladder.of(List.of(Mechanism.values()), false);
    List<Mechanism> order = new ArrayList<>();
    for (Mechanism mechanism : Mechanism.values()) {
      if (mechanism.availability().available()) {
        order.add(mechanism);
        if (mechanism == Mechanism.NATIVE) {
          order.add(mechanism); // for peers that keep up, then for all
        }
      }
    }
    for (int i = 0; i < order.size(); i++) {
      assertThat(ladder.rung(i).mechanism()).isEqualTo(order.get(i));
    }
    assertThat(order).endsWith(Mechanism.CHANNEL_TRANSFER, Mechanism.BUFFERED_COPY);
  }

  @Test
  @Spec("SF-57")
  void aTransferThatFailsIsLaidToTheFileIfTheFileCannotBeRead() throws IOException {
    FileChannel closed = FileChannel.open(file);
    closed.close();
    try (Peer<SocketChannel> peer = Peer.tcp(new PeerBehavior.Fast())) {
      Source source = new FileSource(closed, false, SIZE);
      Target target = new SocketChannelTarget(peer.socket());
      assertThatThrownBy(() -> new ChannelTransfer().move(source, 0, 10, target))
          .isInstanceOf(SourceException.class);
    }
  }
}
