package io.github.jsendfile.http.plan;

import java.nio.ByteBuffer;

/// A piece of a response's body: text of ours, or bytes of the file.
public sealed interface Piece {
  /// In bytes.
  long length();

  /// Text around the parts of a multipart body.
  final class Text implements Piece {
    private final byte[] bytes;

    Text(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    /// The text, ready to be sent; a new buffer at each call.
    public ByteBuffer buffer() {
      return ByteBuffer.wrap(bytes);
    }
  }

  /// Bytes of the file.
  ///
  /// @param position of the first
  /// @param length how many, at least 1
  record FilePart(long position, long length) implements Piece {}
}
