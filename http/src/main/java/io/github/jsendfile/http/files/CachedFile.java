package io.github.jsendfile.http.files;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.http.plan.Piece;
import io.github.jsendfile.server.files.OpenFile;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// An open file that several answers may be sent from at once. Closed when the cache has let go of
/// it and the last of them is done.
final class CachedFile implements AutoCloseable {
  /// Up to here a file leaves in one write with its head, from memory.
  static final int MOST_CONTENT_BYTES = 32 * 1024;

  private static final Duration SETTLING = Duration.ofMillis(100);

  private final OpenFile file;
  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicLong checkedAt;
  private volatile @Nullable ByteBuffer content;
  private volatile @Nullable Variants variants;
  private volatile @Nullable Map<String, FileFacts> beside;

  /// Held once, by whoever makes it.
  CachedFile(OpenFile file, long now) {
    this.file = file;
    this.checkedAt = new AtomicLong(now);
    this.beside = file.beside();
  }

  TreePath path() {
    return file.path();
  }

  FileFacts facts() {
    return file.facts();
  }

  private FileChannel channel() {
    return file.channel();
  }

  /// Keeps it open until [#close()].
  ///
  /// @return false if it is closed already
  boolean hold() {
    int count = users.get();
    while (count > 0) {
      if (users.compareAndSet(count, count + 1)) {
        return true;
      }
      count = users.get();
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    if (users.decrementAndGet() == 0) {
      file.close();
    }
  }

  /// Whether it is the caller's turn to look at the path again.
  boolean isDue(long now, long interval) {
    long last = checkedAt.get();
    return now - last >= interval && checkedAt.compareAndSet(last, now);
  }

  /// Whether the file is as long as it was when it was opened: the one thing that an answer
  /// promises.
  boolean hasItsLength() throws IOException {
    return channel().size() == facts().size();
  }

  FileRegion region(Piece.FilePart part) {
    return FileRegion.of(channel(), part.position(), part.length());
  }

  /// Whether its bytes have been read: what is sent is then as long as it was, whatever becomes of
  /// the file.
  boolean isInMemory() {
    return content != null;
  }

  /// All bytes of a small file, read once.
  ///
  /// @return the bytes, shared: to be sliced; null if it is not small or has just changed
  @Nullable ByteBuffer content() throws IOException {
    ByteBuffer known = content;
    if (known == null && facts().size() <= MOST_CONTENT_BYTES) {
      known = read();
      content = isSettled() ? known : null;
    }
    return known;
  }

  /// Whether its date tells it from every later version: kernels date changes by the tick of a
  /// clock, so that two within a few milliseconds may look like one.
  private boolean isSettled() {
    return facts().lastModified().plus(SETTLING).isBefore(Instant.now());
  }

  private @Nullable ByteBuffer read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) facts().size());
    while (bytes.hasRemaining()) {
      if (channel().read(bytes, bytes.position()) < 0) {
        return null;
      }
    }
    return hasItsLength() ? bytes.flip() : null;
  }

  /// What was last found out about it and its coded neighbours.
  @Nullable Variants variants() {
    return variants;
  }

  void keep(Variants found) {
    variants = found;
  }

  /// Has whoever asks next look again.
  void forgetVariants() {
    beside = null;
    variants = null;
  }

  /// What stood beside it when it was opened; null if that was some time ago.
  @Nullable Map<String, FileFacts> beside() {
    return beside;
  }
}
