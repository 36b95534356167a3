package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.server.files.FileTree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// How much may be stored below the root of a tree, by whomever. Counted once, by looking at every
/// file, then by what uploads add. What others delete is seen when it matters: before an upload is
/// refused, all is counted anew.
final class Quota {
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final long UNKNOWN = -1;
  private static final long COUNT_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

  private final FileTree tree;
  private final long mostBytes;
  private final LongSupplier nanoTime;
  private long stored = UNKNOWN;
  private long taken;
  private long changes;
  private long countedAt;

  Quota(FileTree tree, long mostBytes, LongSupplier nanoTime) {
    this.tree = tree;
    this.mostBytes = mostBytes;
    this.nanoTime = nanoTime;
  }

  /// Sets bytes aside for an upload under way.
  ///
  /// @throws BodyException with 507 if there are not so many
  synchronized void take(long bytes) throws IOException {
    if (stored == UNKNOWN) {
      stored = count();
    }
    if (!fits(bytes) && nanoTime.getAsLong() - countedAt >= COUNT_AGAIN_NANOS) {
      stored = Math.min(stored, count()); // of what is under way, a part may be in it twice
    }
    if (!fits(bytes)) {
      throw new BodyException(
          INSUFFICIENT_STORAGE, "more than the quota of " + mostBytes + " bytes", 0, null);
    }
    taken += bytes;
    changes++;
  }

  private boolean fits(long bytes) {
    return bytes <= mostBytes - stored - taken;
  }

  /// Gives back what an upload has set aside, all but what is stored now.
  synchronized void settle(long takenBytes, long storedBytes) {
    taken -= takenBytes;
    stored += storedBytes;
    changes++;
  }

  /// Counts anew, for what others have added.
  void recount() throws IOException {
    long before;
    synchronized (this) {
      if (stored == UNKNOWN || taken > 0) {
        return;
      }
      before = changes;
    }
    long bytes = count();
    synchronized (this) {
      if (changes == before) {
        stored = bytes;
      }
    }
  }

  private long count() throws IOException {
    countedAt = nanoTime.getAsLong();
    return tree.survey(Instant.MIN).bytes();
  }
}
