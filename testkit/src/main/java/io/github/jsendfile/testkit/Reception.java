package io.github.jsendfile.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// What a [Peer] has received. Thread-safe: a test may look while the peer reads.
public final class Reception {
  /// How much is kept as it is; of what follows, the count, the digest and the last bytes.
  public static final int KEPT_BYTES = 2 * 1024 * 1024;

  /// How many bytes [#last()] has at most.
  public static final int LAST_BYTES = 16;

  /// How the connection ended for the peer.
  public enum Ending {
    /// It has not.
    NONE,
    /// The sender closed or shut down its output: the peer takes what it has for the whole.
    END_OF_STREAM,
    /// The connection was reset, or otherwise failed.
    RESET,
    /// The peer itself closed it.
    OWN
  }

  private final CRC32C crc = new CRC32C();
  private byte[] kept = new byte[64 * 1024];
  private int keptLength;
  private byte[] last = {};
  private long count;
  private long firstRead;
  private Ending ending = Ending.NONE;

  Reception() {}

  /// Records what one read returned.
  synchronized void add(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (count == 0) {
      firstRead = length;
    }
    crc.update(bytes.duplicate());
    keep(bytes.duplicate());
    keepLast(bytes.duplicate());
    count += length;
  }

  synchronized void end(Ending how) {
    ending = how;
  }

  private void keep(ByteBuffer bytes) {
    int length = Math.min(bytes.remaining(), KEPT_BYTES - keptLength);
    if (keptLength + length > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(KEPT_BYTES, (keptLength + length) * 2));
    }
    bytes.get(kept, keptLength, length);
    keptLength += length;
  }

  private void keepLast(ByteBuffer bytes) {
    int fresh = Math.min(bytes.remaining(), LAST_BYTES);
    int old = Math.min(last.length, LAST_BYTES - fresh);
    byte[] joined = new byte[old + fresh];
    System.arraycopy(last, last.length - old, joined, 0, old);
    bytes.get(bytes.limit() - fresh, joined, old, fresh);
    last = joined;
  }

  /// How many bytes have arrived.
  ///
  /// @return a count of bytes
  public synchronized long count() {
    return count;
  }

  /// How many bytes the first read returned.
  ///
  /// @return a count of bytes, 0 if nothing has arrived
  public synchronized long firstRead() {
    return firstRead;
  }

  /// What has arrived.
  ///
  /// @return the first [#KEPT_BYTES] of it
  public synchronized byte[] content() {
    return Arrays.copyOf(kept, keptLength);
  }

  /// The end of what has arrived.
  ///
  /// @return the last [#LAST_BYTES], or all if there were fewer
  public synchronized byte[] last() {
    return last.clone();
  }

  /// A digest of all that has arrived.
  ///
  /// @return its CRC-32C
  public synchronized long crc() {
    return crc.getValue();
  }

  /// How the connection ended for the peer.
  ///
  /// @return [Ending#NONE] while it goes on
  public synchronized Ending ending() {
    return ending;
  }

  @Override
  public synchronized String toString() {
    return count + " bytes received, ended by " + ending;
  }
}
