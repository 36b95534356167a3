package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.http.exchange.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Takes a body into a file, within its quota: inside the kernel if its length is known before.
final class Receipt {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final RequestBody body;
  private final Quotas.Share share;
  private final long mostBytes;

  /// @param mostBytes that the file may have in all
  Receipt(RequestBody body, Quotas.Share share, long mostBytes) {
    this.body = body;
    this.share = share;
    this.mostBytes = mostBytes;
  }

  /// Takes all of it.
  ///
  /// @return how many bytes came
  long receive(FileChannel file, long position) throws IOException {
    if (body.length() >= 0) {
      share.take(body.length());
      return body.receive(file, position, mostBytes - position);
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long received = 0;
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer.clear())) {
      write(buffer.flip(), file, position + received);
      received += count;
    }
    return received;
  }

  /// Writes a piece behind what is there.
  ///
  /// @throws BodyException with 413 or 507 if it is one too many
  void write(ByteBuffer piece, FileChannel file, long position) throws IOException {
    if (piece.remaining() > mostBytes - position) {
      throw new BodyException(
          Status.CONTENT_TOO_LARGE, "more than " + mostBytes + " bytes", position, null);
    }
    share.take(piece.remaining());
    long at = position;
    while (piece.hasRemaining()) {
      at += file.write(piece, at);
    }
  }
}
