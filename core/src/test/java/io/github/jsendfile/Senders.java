package io.github.jsendfile;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.linux.NativeAccess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;

/// Senders that use one mechanism and no other, so that each rule is tested on each of them, and
/// what tests do besides sending.
final class Senders {
  private Senders() {}

  /// Restricts a run of the suite to some mechanisms, by their short names.
  private static final List<String> ONLY =
      List.of(System.getProperty("jsendfile.test.only", "native,channel,copy").split(",", -1));

  /// The mechanisms that can be had here: a mechanism that comes to be, comes to be tested.
  static List<Mechanism> mechanisms() {
    return Arrays.stream(Mechanism.values())
        .filter(mechanism -> mechanism.availability().available())
        .filter(mechanism -> ONLY.contains(mechanism.word()))
        .toList();
  }

  /// Whether a platform thread may wait for its peer inside `transferTo` here.
  static boolean mayWaitInside() {
    return Mechanism.CHANNEL_TRANSFER.availability().available()
        && System.getProperty("os.name").equals("Linux");
  }

  /// What sends a large file, given as a path, over TCP by default.
  static Mechanism ofLargePaths(ThreadKind thread) {
    return thread == ThreadKind.PLATFORM && mayWaitInside()
        ? Mechanism.CHANNEL_TRANSFER
        : mechanisms().getFirst();
  }

  /// What sends a path over a socket that is no channel.
  static Mechanism ofPlainSockets() {
    return Mechanism.NATIVE.availability().available() ? Mechanism.NATIVE : Mechanism.BUFFERED_COPY;
  }

  /// Closes what a callback that may throw nothing has to close.
  static void close(Closeable channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// A sender that may use this mechanism alone.
  static FileSender only(Mechanism mechanism) {
    return FileSender.builder().mechanisms(mechanism).build();
  }

  /// A sender that prefers this mechanism and may copy what it declines.
  static FileSender preferring(Mechanism mechanism) {
    return FileSender.builder().mechanisms(mechanism, Mechanism.BUFFERED_COPY).build();
  }

  /// Whether the kernel is called here without the JDK showing its descriptors: a socket's is then
  /// searched for, and only files given as a path go by [Mechanism#NATIVE].
  static boolean descriptorsAreSearched() {
    return Mechanism.NATIVE.availability().available() && !NativeAccess.descriptorsAreShown();
  }

  /// Skips a test that hands a [java.nio.channels.FileChannel] to a mechanism that cannot have its
  /// descriptor here.
  static void assumeServesFileChannels(Mechanism mechanism) {
    assumeTrue(
        mechanism != Mechanism.NATIVE || !descriptorsAreSearched(),
        "SKIPPED: the JDK does not show the descriptor of a FileChannel in this run");
  }

  /// Skips a test that needs a UNIX-domain socket's descriptor, which has no names to search for.
  static void assumeServesUnixSockets(Mechanism mechanism) {
    assumeTrue(
        mechanism != Mechanism.NATIVE || !descriptorsAreSearched(),
        "SKIPPED: the JDK does not show the descriptor of a UNIX-domain socket in this run");
  }

  /// How many descriptors a transfer has open on a file given as a path.
  static int descriptorsOfAPath() {
    return descriptorsAreSearched() ? 2 : 1;
  }

  /// The program's own blocking write. It needs a loop: behind a transfer the descriptor does not
  /// block, and the JDK then returns as soon as a part is taken, as it does on virtual threads.
  static void writeAll(SocketChannel socket, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }
}
