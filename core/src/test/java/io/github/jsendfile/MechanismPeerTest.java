package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Reception;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every mechanism, on every kind of thread, to every kind of peer.
@ExtendWith(LeakCheck.class)
@ParameterizedClass(name = "{0}, {1} thread, {2}")
@MethodSource("ways")
@Timeout(30)
class MechanismPeerTest {
  private static final int SIZE = 1024 * 1024;
  private static final int STOPS_AFTER = 100_000;
  private static final long STALL_NANOS = Duration.ofMillis(50).toNanos();

  @TempDir static Path directory;
  private static Path file;

  @Parameter(0)
  Mechanism mechanism;

  @Parameter(1)
  ThreadKind thread;

  @Parameter(2)
  Family family;

  enum Family {
    TCP,
    UNIX;

    Peer<SocketChannel> peer(PeerBehavior behavior) throws IOException {
      return this == TCP ? Peer.tcp(behavior) : Peer.unix(behavior);
    }
  }

  static Stream<Arguments> ways() {
    return Senders.mechanisms().stream()
        .flatMap(
            mechanism ->
                Stream.of(ThreadKind.values())
                    .flatMap(
                        thread ->
                            Stream.of(Family.values())
                                .filter(family -> isServed(family, mechanism))
                                .map(family -> Arguments.of(mechanism, thread, family))));
  }

  /// A UNIX-domain socket has no names to search for: see [NativeWithoutOpensTest].
  private static boolean isServed(Family family, Mechanism mechanism) {
    boolean named = family == Family.TCP;
    return named || mechanism != Mechanism.NATIVE || !Senders.descriptorsAreSearched();
  }

  static List<PeerBehavior> patient() {
    return PeerBehavior.all().stream().filter(PeerBehavior::takesEverything).toList();
  }

  static List<PeerBehavior> vanishing() {
    return List.of(
        new PeerBehavior.ResetsMidway(STOPS_AFTER), new PeerBehavior.ClosesEarly(STOPS_AFTER));
  }

  @BeforeAll
  static void makeFile() throws IOException {
    file = OddFiles.in(directory).ofSize(SIZE);
  }

  @ParameterizedTest
  @MethodSource("patient")
  void deliversAll(PeerBehavior behavior) throws Exception {
    try (Peer<SocketChannel> peer = family.peer(behavior)) {
      Transfer transfer = thread.run(() -> send(peer));
      assertComplete(transfer, peer);
    }
  }

  @Test
  @Spec({"SF-40", "SF-50"})
  void waitsForAStalledPeer() throws Exception {
    FileSender sender = Senders.only(mechanism).toBuilder().progressInterval(Duration.ZERO).build();
    AtomicLong movedAt = new AtomicLong(System.nanoTime());
    try (Peer<SocketChannel> peer = family.peer(new PeerBehavior.Stalled(STOPS_AFTER))) {
      Running<Transfer> sending =
          Running.on(
              thread,
              () ->
                  sender.send(
                      FileRegion.of(file), peer.socket(), count -> movedAt.set(System.nanoTime())));
      peer.awaitCount(STOPS_AFTER);
      awaitALongWait(sending, movedAt);
      assertThat(sending.outcome().isDone()).isFalse();

      peer.release();
      Transfer transfer = sending.await();
      assertThat(transfer.waits()).as("waits").isPositive();
      assertThat(transfer.waited()).isGreaterThan(Duration.ofNanos(STALL_NANOS / 2));
      assertComplete(transfer, peer);
    }
  }

  /// That nothing moves is not enough: a sender that is not given a processor moves nothing either,
  /// and does not wait for its peer.
  private static void awaitALongWait(Running<?> sending, AtomicLong movedAt) {
    long waitsSince;
    do {
      sending.awaitWaitingForPeer();
      waitsSince = System.nanoTime();
      long enough = waitsSince + STALL_NANOS;
      Eventually.holds(
          Duration.ofSeconds(5), () -> System.nanoTime() - enough > 0, () -> "no time passes");
    } while (movedAt.get() - waitsSince > 0);
  }

  @ParameterizedTest
  @MethodSource("vanishing")
  @Spec({"SF-43", "SF-57"})
  void saysThatThePeerWentAway(PeerBehavior behavior) throws Exception {
    try (Peer<SocketChannel> peer = family.peer(behavior)) {
      PeerClosedException failure =
          catchThrowableOfType(PeerClosedException.class, () -> thread.run(() -> send(peer)));
      Reception reception = peer.awaitEnd();

      assertThat(failure.bytesTransferred()).isBetween(reception.count(), (long) SIZE - 1);
      assertThat(failure.mechanism()).isEqualTo(mechanism);
      assertThat(failure).hasCauseInstanceOf(IOException.class);
      assertThat(peer.socket().isOpen()).as("a socket is its opener's to close").isTrue();
      assertBeginsRight(reception);
    }
  }

  @Test
  @Spec({"SF-43", "SF-53"})
  void endsAStallByItsLimit() throws Exception {
    FileSender sender =
        Senders.only(mechanism).toBuilder().stallTimeout(Duration.ofMillis(150)).build();
    try (Peer<SocketChannel> peer = family.peer(new PeerBehavior.Stalled(STOPS_AFTER))) {
      PeerStalledException failure =
          catchThrowableOfType(
              PeerStalledException.class,
              () -> thread.run(() -> sender.send(FileRegion.of(file), peer.socket())));
      Reception reception = peer.awaitEnd();

      assertThat(failure.bytesTransferred()).isBetween(reception.count(), (long) SIZE - 1);
      assertThat(failure.mechanism()).isEqualTo(mechanism);
      assertThat(failure).hasCauseInstanceOf(SocketTimeoutException.class);
      assertThat(peer.socket().isOpen()).as("its stream is broken").isFalse();
      assertBeginsRight(reception);
      if (family == Family.UNIX) { // there what the kernel took, the peer gets
        assertThat(reception.count()).isEqualTo(failure.bytesTransferred());
      }
    }
  }

  @Test
  @Spec({"SF-53", "SF-53a"})
  void slowPeerThatMovesNeverTripsTheStallLimit() throws Exception {
    Paced.test(this::sendToASlowPeerThatMoves);
  }

  private void sendToASlowPeerThatMoves(int times) throws Exception {
    // The kernel calls the socket writable each time the peer has read a third of 128 KiB, every
    // 75 ms; a write of 256 KiB that returned only when all is taken would last 400 ms.
    PeerBehavior slow = new PeerBehavior.Slow(48 * 1024, Duration.ofMillis(75).multipliedBy(times));
    FileSender sender =
        Senders.only(mechanism).toBuilder()
            .stallTimeout(Duration.ofMillis(350).multipliedBy(times))
            .build();
    FileRegion region = FileRegion.of(file, 0, SIZE * 3L / 8);
    try (Peer<SocketChannel> peer = family.peer(slow)) {
      Transfer transfer = thread.run(() -> sender.send(region, peer.socket()));
      assertThat(transfer.bytesSent()).isEqualTo(SIZE * 3L / 8);
      assertThat(peer.finish().count()).isEqualTo(SIZE * 3L / 8);
    }
  }

  private Transfer send(Peer<SocketChannel> peer) throws IOException {
    return Senders.only(mechanism).send(FileRegion.of(file), peer.socket());
  }

  private void assertComplete(Transfer transfer, Peer<SocketChannel> peer) throws IOException {
    assertThat(transfer.bytesSent()).isEqualTo(SIZE);
    assertThat(transfer.totalBytes()).isEqualTo(SIZE);
    assertThat(transfer.mechanism()).isEqualTo(mechanism);
    assertThat(transfer.endedEarly()).isFalse();
    assertThat(peer.socket().isOpen()).isTrue();
    Reception reception = peer.finish();
    assertThat(reception.content()).isEqualTo(Pattern.bytes(0, SIZE));
    assertThat(reception.ending()).isEqualTo(Reception.Ending.END_OF_STREAM);
  }

  private static void assertBeginsRight(Reception reception) {
    assertThat(reception.content()).isEqualTo(Pattern.bytes(0, (int) reception.count()));
  }
}
