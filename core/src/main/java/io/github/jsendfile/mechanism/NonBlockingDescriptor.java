package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Patience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/// Makes `transferTo` return instead of block, on any thread, without touching the channel's
/// mode.
///
/// The JDK puts a descriptor in non-blocking mode at its channel's first operation on a virtual
/// thread and never takes it back, while the channel stays in blocking mode and its other
/// operations still wait, by parking. Every transfer on a virtual thread begins with a write of
/// nothing, which is such an operation; for a platform thread a virtual one does it here, once
/// per channel (11 to 26 µs).
final class NonBlockingDescriptor {
  private static final Patience PATIENCE = new Patience();
  private static final Map<SocketChannel, Boolean> DONE =
      Collections.synchronizedMap(new WeakHashMap<>());

  private NonBlockingDescriptor() {}

  /// Returns whether the descriptor does not block now.
  ///
  /// @throws ClosedByInterruptException if the thread is interrupted, so that nothing is known: a
  ///     foreign call might then wait for ever
  static boolean ensure(SocketChannel channel) throws ClosedByInterruptException {
    if (Thread.currentThread().isVirtual() || !channel.isBlocking() || DONE.containsKey(channel)) {
      return true;
    }
    Thread writer = Thread.startVirtualThread(() -> writeNothing(channel));
    try {
      if (!PATIENCE.suffices(writer::join)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException(); // as the next operation on the channel would
    }
    DONE.put(channel, true);
    return true;
  }

  private static void writeNothing(SocketChannel channel) {
    try {
      channel.write(ByteBuffer.allocate(0));
    } catch (IOException | RuntimeException ignored) { // the transfer meets the same
    }
  }
}
