package io.github.jsendfile.ftp.data;

import java.nio.ByteBuffer;

/// What TYPE A receives, as it is stored: CR LF becomes LF, wherever the border between two
/// buffers falls; a CR alone stays. Not thread-safe.
public final class LineEnds {
  private boolean heldCr;

  /// Converts a piece.
  ///
  /// @param received what came; used up by this
  /// @param stored where it goes; room for one byte more than came
  public void convert(ByteBuffer received, ByteBuffer stored) {
    while (received.hasRemaining()) {
      byte next = received.get();
      if (heldCr && next != '\n') {
        stored.put((byte) '\r');
      }
      heldCr = next == '\r';
      if (!heldCr) {
        stored.put(next);
      }
    }
  }

  /// Ends the text: a CR that came last is stored.
  public void end(ByteBuffer stored) {
    if (heldCr) {
      stored.put((byte) '\r');
      heldCr = false;
    }
  }
}
