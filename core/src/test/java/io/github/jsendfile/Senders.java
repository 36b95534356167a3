package io.github.jsendfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;

/// Senders that use one mechanism and no other, so that each rule is tested on each of them, and
/// what tests do besides sending.
final class Senders {
  private Senders() {}

  /// The mechanisms that can be had here: a mechanism that comes to be, comes to be tested.
  static List<Mechanism> mechanisms() {
    return Arrays.stream(Mechanism.values())
        .filter(mechanism -> mechanism.availability().available())
        .toList();
  }

  /// A sender that may use this mechanism alone.
  static FileSender only(Mechanism mechanism) {
    return FileSender.builder().mechanisms(mechanism).build();
  }

  /// A sender that prefers this mechanism and may copy what it declines.
  static FileSender preferring(Mechanism mechanism) {
    return FileSender.builder().mechanisms(mechanism, Mechanism.BUFFERED_COPY).build();
  }

  /// The program's own blocking write. It needs a loop: behind a transfer the descriptor does not
  /// block, and the JDK then returns as soon as a part is taken, as it does on virtual threads.
  static void writeAll(SocketChannel socket, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }
}
