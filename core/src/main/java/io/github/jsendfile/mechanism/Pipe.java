package io.github.jsendfile.mechanism;

import io.github.jsendfile.linux.Errno;
import io.github.jsendfile.linux.Kernel;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A pipe of the kernel's, through which `splice(2)` has to go, and how many bytes are in it. One
/// thread at a time.
final class Pipe {
  /// What any user may have, unless the administrator said less.
  private static final int WANTED_BYTES = 1 << 20;

  /// What a pipe has anyway.
  private static final int DEFAULT_BYTES = 64 * 1024;

  private final Kernel kernel;
  private final int readEnd;
  private final int writeEnd;
  private long held;

  private Pipe(Kernel kernel, int readEnd, int writeEnd) {
    this.kernel = kernel;
    this.readEnd = readEnd;
    this.writeEnd = writeEnd;
  }

  /// Makes one, as large as the kernel allows: it refuses beyond
  /// `/proc/sys/fs/pipe-max-size`, and when the user has too much in pipes already.
  ///
  /// @return null if there is none to be had
  static @Nullable Pipe open(Kernel kernel) {
    long ends = kernel.pipe();
    if (ends < 0) {
      return null;
    }
    Pipe pipe = new Pipe(kernel, (int) ends, (int) (ends >>> Integer.SIZE));
    int bytes = WANTED_BYTES;
    while (bytes > DEFAULT_BYTES && kernel.resizePipe(pipe.writeEnd, bytes) < 0) {
      bytes /= 4;
    }
    return pipe;
  }

  /// How many bytes are in it.
  long held() {
    return held;
  }

  /// Takes bytes that a socket has.
  ///
  /// @return how many, 0 at the end of the stream, or an errno negated
  long fill(int socket, long most) {
    long taken = again(() -> kernel.splice(socket, writeEnd, -1, most));
    held += Math.max(0, taken);
    return taken;
  }

  /// Puts bytes into a file, at a position.
  ///
  /// @return how many, or an errno negated
  long pour(int file, long position) {
    long put = again(() -> kernel.splice(readEnd, file, position, held));
    held -= Math.max(0, put);
    return put;
  }

  /// Reads bytes out of it, into a direct buffer.
  ///
  /// @return how many, or an errno negated
  long read(ByteBuffer destination) {
    long count = again(() -> kernel.read(readEnd, MemorySegment.ofBuffer(destination)));
    if (count > 0) {
      destination.position(destination.position() + (int) count);
      held -= count;
    }
    return count;
  }

  private interface Call {
    long make();
  }

  private static long again(Call call) {
    long answer;
    do {
      answer = call.make();
    } while (answer < 0 && Errno.of(-answer).meaning() == Errno.Meaning.AGAIN);
    return answer;
  }

  void close() {
    kernel.close(readEnd);
    kernel.close(writeEnd);
  }
}
