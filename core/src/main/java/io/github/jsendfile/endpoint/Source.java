package io.github.jsendfile.endpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Where the bytes of one region come from. Bytes at a position can be read again as long as
/// nothing behind them was read, and at least 16 KiB of them.
public interface Source extends Closeable {
  /// A size that says nothing.
  long UNKNOWN_SIZE = -1;

  /// Reads some bytes at a position of the file.
  ///
  /// @return how many, at least 1, or -1 at the end
  /// @throws SourceException if the file failed
  int read(ByteBuffer destination, long position) throws IOException;

  /// Waits until there is something to read at a position, where that can take long.
  default void await(long position) throws IOException {}

  /// The size now: a hint, never a verdict.
  ///
  /// @return bytes, or [#UNKNOWN_SIZE]
  long size() throws IOException;

  /// Whether a read may wait for another program for ever.
  default boolean mayWait() {
    return false;
  }

  /// The channel that the JDK can hand to the kernel.
  ///
  /// @return null when there is none
  default @Nullable FileChannel fileChannel() {
    return null;
  }

  /// The size when the transfer began: as good a hint, and known without another system call.
  ///
  /// @return bytes, or [#UNKNOWN_SIZE]
  default long sizeWhenOpened() throws IOException {
    return size();
  }

  /// Whether the transfer opened [#fileChannel()] itself, so that nobody else needs it.
  default boolean isOwn() {
    return false;
  }

  /// A descriptor of the file that nobody closes before this source.
  ///
  /// @return negative when there is none
  default int ownDescriptor() {
    return -1;
  }

  /// Ends a read that waits, from another thread, where that is possible without closing what is
  /// not ours.
  default void wakeUp() {}

  /// Closes what the transfer opened, puts back what it moved.
  @Override
  default void close() throws IOException {}
}
