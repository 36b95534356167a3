package io.github.jsendfile;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.mechanism.DropBehind;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// How far one region of a transfer is.
final class RegionRun {
  final Source source;
  int rung;

  private final FileRegion region;
  private long sent;
  private long sizeSeen;
  private final long expected;
  private boolean ended;
  private @Nullable DropBehind dropBehind;

  RegionRun(FileRegion region, Source source) throws IOException {
    this.region = region;
    this.source = source;
    this.sizeSeen = source.sizeWhenOpened();
    long toTheEnd = Math.max(0, sizeSeen - region.position());
    this.expected = region.length() == FileRegion.TO_THE_END ? toTheEnd : region.length();
  }

  /// Where the next byte is.
  long position() {
    return region.position() + sent;
  }

  /// How many bytes are still asked for.
  long left() {
    return region.length() - sent;
  }

  /// How many of so many bytes one call may move.
  long bound(long permitted) {
    long most = Math.min(permitted, left());
    return dropBehind == null ? most : Math.min(most, DropBehind.MOST_BYTES);
  }

  boolean isDone() {
    return ended || left() <= 0 || position() < 0; // beyond what a long can say there is nothing
  }

  boolean hasMoved() {
    return sent > 0;
  }

  void moved(long count) {
    sent += count;
    if (dropBehind != null) {
      dropBehind.sent(position());
    }
  }

  /// From now on what was sent leaves the page cache, where that can be had.
  void dropBehind() {
    dropBehind = DropBehind.of(source.fileChannel(), source.ownDescriptor(), region.position());
  }

  /// Closes the source.
  void close() throws IOException {
    if (dropBehind != null) {
      dropBehind.drop(position());
    }
    source.close();
  }

  /// The file has no more.
  void end() {
    ended = true;
  }

  boolean endedEarly() {
    return isDone() && sent < expected;
  }

  /// What it is to have ended early where that is not allowed.
  FileTruncatedException truncated(Tally tally) {
    String what = "the file ended after " + sent + " of " + expected + " bytes" + region.ofWhat();
    return new FileTruncatedException(what, tally.bytesSent(), tally.mechanism(), null);
  }

  /// Whether more than `bytes` are still to come, as far as the size tells.
  boolean isLongerThan(long bytes) {
    return sizeSeen == Source.UNKNOWN_SIZE
        ? left() > bytes
        : Math.min(left(), sizeSeen - position()) > bytes;
  }

  /// Whether it goes by a mechanism: a small one goes by one write with what is around it, where
  /// copying is allowed at all.
  boolean goesByMechanism(boolean mayCopy) {
    return !source.mayWait() && (!mayCopy || isLongerThan(Parts.SMALL_REGION_BYTES));
  }

  boolean sizeIsKnown() {
    return sizeSeen != Source.UNKNOWN_SIZE;
  }

  /// Reads the bytes to come next, without counting them as sent, until the buffer is full or the
  /// region ends.
  ///
  /// @return whether the region ends with what was read
  boolean readAhead(ByteBuffer buffer) throws IOException {
    int before = buffer.position();
    buffer.limit((int) Math.min(buffer.limit(), before + left()));
    while (buffer.hasRemaining()) {
      int count = source.read(buffer, position() + buffer.position() - before);
      if (count < 0) {
        return true;
      }
      if (source.mayWait()) {
        break;
      }
    }
    if (position() + buffer.position() - before > sizeSeen) {
      sizeSeen = source.size(); // it has grown
    }
    return buffer.position() - before == left();
  }
}
