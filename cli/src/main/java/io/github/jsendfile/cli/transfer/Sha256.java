package io.github.jsendfile.cli.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// A SHA-256 digest, written as `sha256sum` does.
///
/// @param hex 64 hexadecimal digits in lower case
public record Sha256(String hex) {
  private static final int BUFFER_BYTES = 256 * 1024;

  /// Reads a digest.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the user
  public static Sha256 parse(String text) {
    String hex = text.strip().toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not a SHA-256 digest; 64 hexadecimal digits are, as sha256sum prints");
    }
    return new Sha256(hex);
  }

  /// The digest of a part of a file.
  static Sha256 of(FileChannel file, long position, long length) throws IOException {
    MessageDigest digest = begin();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long at = position;
    while (at < position + length) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, position + length - at));
      int count = file.read(buffer, at);
      if (count < 0) {
        break;
      }
      digest.update(buffer.flip());
      at += count;
    }
    return end(digest);
  }

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  static Sha256 end(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public String toString() {
    return hex;
  }
}
