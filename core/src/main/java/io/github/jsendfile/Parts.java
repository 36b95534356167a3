package io.github.jsendfile;

import io.github.jsendfile.mechanism.BufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a payload and how far they are: each a [ByteBuffer] or a [RegionRun]. Puts
/// together what one gathering write is to take, and books what it took.
final class Parts {
  /// Up to here, reading and one gathering write cost no more CPU than the zero-copy call and
  /// what surrounds it (measured: docs/decisions/0003-small-files.md). As much goes with a head:
  /// enough to fill its segments.
  static final int SMALL_REGION_BYTES = 16 * 1024;

  /// What waits: parks like 1 byte would, and costs no more to write.
  private static final int WAITING_BYTES = 4 * 1024;

  /// More are not worth an array: a multipart head, a region, the next head.
  private static final int MAX_BUFFERS = 16;

  /// The head of a region that has none.
  static final ByteBuffer NO_HEAD = ByteBuffer.allocate(0);

  private final List<Object> parts;
  private int index;

  Parts(List<Object> parts) {
    this.parts = parts;
  }

  boolean isFinished() {
    return index == parts.size();
  }

  /// The region that comes next, null if a buffer does.
  @Nullable RegionRun currentRegion() {
    return parts.get(index) instanceof RegionRun run ? run : null;
  }

  /// The buffer that comes next.
  ByteBuffer buffer() {
    return (ByteBuffer) parts.get(index);
  }

  int bufferBytes() {
    return buffer().remaining();
  }

  /// The region that follows the buffer that comes next, null if none does.
  @Nullable RegionRun regionBehindBuffer() {
    boolean last = index + 1 == parts.size();
    return !last && parts.get(index + 1) instanceof RegionRun run ? run : null;
  }

  /// Whether a buffer that has something to send follows the part that comes so many behind the
  /// next.
  boolean aBufferFollows(int behind) {
    int follower = index + behind + 1;
    return follower < parts.size()
        && parts.get(follower) instanceof ByteBuffer buffer
        && buffer.hasRemaining();
  }

  /// Goes on to the next part that has something to send.
  ///
  /// @return a region that was passed and ended early, null if none
  @Nullable RegionRun skipFinished() {
    while (index < parts.size() && isDone(parts.get(index))) {
      Object part = parts.get(index++);
      if (part instanceof RegionRun run && run.endedEarly()) {
        return run;
      }
    }
    return null;
  }

  private static boolean isDone(Object part) {
    return part instanceof RegionRun run ? run.isDone() : !((ByteBuffer) part).hasRemaining();
  }

  /// What one write takes: one buffer a part, from the current part on.
  static final class Load implements AutoCloseable {
    private final ByteBuffer[] buffers;
    private final BufferPool.@Nullable Lease lease;
    private final boolean regionEnds;

    private Load(List<ByteBuffer> buffers, BufferPool.@Nullable Lease lease, boolean regionEnds) {
      this.buffers = buffers.toArray(ByteBuffer[]::new);
      this.lease = lease;
      this.regionEnds = regionEnds;
    }

    ByteBuffer[] buffers() {
      return buffers;
    }

    boolean hasRemaining() {
      for (ByteBuffer buffer : buffers) {
        if (buffer.hasRemaining()) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void close() {
      if (lease != null) {
        lease.close();
      }
    }
  }

  /// Puts together up to `room` bytes: buffers, the next bytes of one region, and if it ends with
  /// them the buffers behind it.
  Load load(long room, boolean waiting) throws IOException {
    List<ByteBuffer> buffers = new ArrayList<>(4);
    BufferPool.Lease lease = null;
    boolean regionEnds = false;
    long left = room;
    for (int i = index; i < parts.size() && left > 0 && buffers.size() < MAX_BUFFERS; i++) {
      ByteBuffer next;
      if (parts.get(i) instanceof RegionRun run) {
        if (lease != null || (run.source.mayWait() && !buffers.isEmpty())) {
          break;
        }
        run.source.await(run.position());
        lease =
            BufferPool.lease((int) Math.min(left, waiting ? WAITING_BYTES : SMALL_REGION_BYTES));
        next = lease.buffer();
        regionEnds = readAhead(run, lease);
      } else {
        next = ((ByteBuffer) parts.get(i)).duplicate();
        next.limit((int) Math.min(next.limit(), next.position() + left));
      }
      left -= next.remaining();
      buffers.add(next);
      if (lease != null && !regionEnds) {
        break;
      }
    }
    return new Load(buffers, lease, regionEnds);
  }

  private static boolean readAhead(RegionRun run, BufferPool.Lease lease) throws IOException {
    try {
      boolean ends = run.readAhead(lease.buffer());
      lease.buffer().flip();
      return ends;
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /// Books what was taken of a load, whose buffers' positions tell it.
  ///
  /// @return how much of it was of a file
  long written(Load load) {
    long fileBytes = 0;
    for (int i = 0; i < load.buffers.length; i++) {
      ByteBuffer taken = load.buffers[i];
      if (parts.get(index + i) instanceof RegionRun run) {
        fileBytes = taken.position();
        run.moved(fileBytes);
        if (load.regionEnds && !taken.hasRemaining()) {
          run.end();
        }
      } else {
        ((ByteBuffer) parts.get(index + i)).position(taken.position());
      }
    }
    return fileBytes;
  }
}
