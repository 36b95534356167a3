package io.github.jsendfile;

/// A rate that transfers keep together: give one object to several senders and they share it;
/// give several objects to one sender and it keeps each of them. Smooth: never more than a tenth
/// of a second's worth, or 4 KiB, goes at once. Thread-safe.
public final class RateLimit {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long MIN_PIECE_BYTES = 4 * 1024;
  private static final long MAX_PIECE_BYTES = 1024 * 1024;

  /// How far behind its rate a transfer may be and still make up for it: what a late wake-up
  /// costs.
  private static final long MAX_CREDIT_NANOS = NANOS_PER_SECOND / 20;

  private final long bytesPerSecond;
  private boolean used;
  private long freeAt;

  private RateLimit(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /// A limit of so many bytes a second, for all who share the object together.
  ///
  /// @param bytesPerSecond at least 1
  /// @return a new limit
  /// @throws IllegalArgumentException if it is less than 1
  public static RateLimit bytesPerSecond(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "bytesPerSecond is " + bytesPerSecond + "; it must be 1 or more");
    }
    return new RateLimit(bytesPerSecond);
  }

  /// The rate.
  ///
  /// @return bytes a second
  public long bytesPerSecond() {
    return bytesPerSecond;
  }

  /// How much to send at once.
  long pieceBytes() {
    long tenth = Math.clamp(bytesPerSecond / 10, MIN_PIECE_BYTES, MAX_PIECE_BYTES);
    return Math.min(tenth, bytesPerSecond);
  }

  /// Takes the next place in the row.
  ///
  /// @param now the time, in nanoseconds on the caller's clock
  /// @return when the bytes may go, on the same clock
  synchronized long reserve(long bytes, long now) {
    long earliest = now - MAX_CREDIT_NANOS;
    if (!used) {
      used = true;
      freeAt = now;
    } else if (freeAt - earliest < 0) {
      freeAt = earliest;
    }
    long at = freeAt;
    freeAt += nanos(bytes);
    return at;
  }

  /// Returns what was reserved and not sent.
  synchronized void giveBack(long bytes) {
    freeAt -= nanos(bytes);
  }

  private long nanos(long bytes) {
    return (long) ((double) bytes * NANOS_PER_SECOND / bytesPerSecond);
  }
}
