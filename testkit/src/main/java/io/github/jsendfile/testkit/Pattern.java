package io.github.jsendfile.testkit;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Bytes that depend on nothing but their position, and differ from those at any other, so that a
/// wrong offset, a gap and a byte sent twice all show.
public final class Pattern {
  private static final int PIECE_BYTES = 1024 * 1024;

  private Pattern() {}

  /// The byte at a position.
  ///
  /// @param position from the start of the file
  /// @return the byte
  public static byte at(long position) {
    long mixed = (position + 1) * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8_FEB8_6659_FD93L;
    return (byte) (mixed >>> 56);
  }

  /// A run of bytes.
  ///
  /// @param position from the start of the file
  /// @param length how many
  /// @return the bytes at `position` and behind
  public static byte[] bytes(long position, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = at(position + i);
    }
    return bytes;
  }

  /// A run of bytes, to write.
  ///
  /// @param position from the start of the file
  /// @param length how many
  /// @return a buffer with the bytes at `position` and behind
  public static ByteBuffer buffer(long position, int length) {
    return ByteBuffer.wrap(bytes(position, length));
  }

  /// The digest of a run of bytes, to compare with [Reception#crc()].
  ///
  /// @param position from the start of the file
  /// @param length how many
  /// @return its CRC-32C
  public static long crc(long position, long length) {
    CRC32C crc = new CRC32C();
    long at = position;
    long end = position + length;
    while (at < end) {
      int piece = (int) Math.min(PIECE_BYTES, end - at);
      crc.update(bytes(at, piece));
      at += piece;
    }
    return crc.getValue();
  }
}
