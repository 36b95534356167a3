package io.github.jsendfile.endpoint;

import io.github.jsendfile.linux.JdkSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Where the bytes go. A write blocks while nothing can be taken, unless the channel is in
/// non-blocking mode; what any method throws is the target's failure.
public interface Target extends Endpoint {
  /// Checks, before anything moves, that it is open, connected, and in the mode the caller needs.
  ///
  /// @throws java.nio.channels.ClosedChannelException if closed, or shut down for output
  /// @throws java.nio.channels.NotYetConnectedException if not connected
  /// @throws java.nio.channels.IllegalBlockingModeException if in the other mode
  void check(boolean blocking) throws IOException;

  /// Writes what it can of the buffers, in order, as one segment where possible; their positions
  /// move by what was taken.
  ///
  /// @return how much was taken
  long write(ByteBuffer... buffers) throws IOException;

  /// The most bytes to hand over in one write: small where a write returns only when all are
  /// taken, since nothing is known while it waits.
  int maxWriteBytes();

  /// Whether a write that took only a part says that no more fits.
  boolean writesPartially();

  /// Whether [#taken()] can be asked.
  default boolean tellsWhatIsTaken() {
    return false;
  }

  /// How many bytes the peer has taken, counted from anywhere.
  ///
  /// @return a count, negative if it cannot be told now
  default long taken() {
    return -1;
  }

  /// Bounds how many bytes wait in the kernel that were not even sent, where that can be had.
  default void limitUnsent(int bytes) throws IOException {}

  /// Has the end of what is written wait, if it does not fill a segment, for what follows at once,
  /// or lets it go, where that can be had.
  default void holdPartSegments(boolean on) {}

  /// The channel that the JDK can hand to the kernel.
  ///
  /// @return null when there is none
  default @Nullable SocketChannel socketChannel() {
    return null;
  }

  /// The socket whose descriptor the kernel's own call can be made on.
  ///
  /// @return null when there is none
  default @Nullable JdkSocket jdkSocket() {
    return null;
  }

  /// Has the next write make the descriptor non-blocking, where only a write that moves something
  /// does. Only once: what did not help then never will.
  ///
  /// @return whether a write is worth trying
  default boolean unblocksByWriting() {
    return false;
  }
}
