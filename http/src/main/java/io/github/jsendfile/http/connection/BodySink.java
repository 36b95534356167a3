package io.github.jsendfile.http.connection;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.http.exchange.AnswerSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A body that is written as it is made: collected into pieces, which go out as they are, or as
/// chunks where only the end tells the length. The head leaves with the first piece.
final class BodySink implements AnswerSink {
  private static final int PIECE_BYTES = 16 * 1024;
  private static final byte[] END_OF_LINE = {'\r', '\n'};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Outbox outbox;
  private final boolean inChunks;
  private final long length;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
  private final OutputStream stream = new PieceStream();
  private ByteBuffer head;
  private long made;

  private BodySink(Outbox outbox, ByteBuffer head, boolean inChunks, long length) {
    this.outbox = outbox;
    this.head = head;
    this.inChunks = inChunks;
    this.length = length;
  }

  static BodySink inChunks(Outbox outbox, ByteBuffer head) {
    return new BodySink(outbox, head, true, -1);
  }

  /// A body of a length, or, if that is negative, one that ends with the connection.
  static BodySink of(Outbox outbox, ByteBuffer head, long length) {
    return new BodySink(outbox, head, false, length);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), piece.remaining());
      piece.put(piece.position(), bytes, bytes.position(), count);
      piece.position(piece.position() + count);
      bytes.position(bytes.position() + count);
      flushIfFull();
    }
  }

  private void flushIfFull() throws IOException {
    if (!piece.hasRemaining()) {
      flush();
    }
  }

  /// Sends what has been collected.
  private void flush() throws IOException {
    int count = piece.position();
    if (count == 0 && !head.hasRemaining()) {
      return;
    }
    count(count);
    piece.flip();
    if (inChunks && count > 0) {
      ByteBuffer end = ByteBuffer.wrap(END_OF_LINE);
      outbox.writePiece(count, head, chunkHead(count), piece, end);
    } else {
      outbox.writePiece(count, head, piece);
    }
    head = NOTHING;
    piece.clear();
  }

  private static ByteBuffer chunkHead(long count) {
    String line = Long.toHexString(count) + "\r\n";
    return ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void send(FileRegion region) throws IOException {
    flush();
    if (region.length() == 0) {
      return;
    }
    count(region.length());
    if (inChunks) {
      ByteBuffer line = chunkHead(region.length());
      ByteBuffer end = ByteBuffer.wrap(END_OF_LINE);
      outbox.sendPieces(NOTHING, line, region, end);
    } else {
      outbox.sendPieces(NOTHING, region);
    }
  }

  private void count(long bytes) {
    made += bytes;
    if (length >= 0 && made > length) {
      throw new IllegalStateException("a body of " + length + " bytes was to be " + made);
    }
  }

  /// Sends the rest and ends the body.
  void end() throws IOException {
    flush();
    if (inChunks) {
      outbox.writePiece(0, ByteBuffer.wrap("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    } else if (length > made) {
      throw new IOException("a body of " + length + " bytes has ended after " + made);
    }
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  private final class PieceStream extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      piece.put((byte) b);
      flushIfFull();
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      BodySink.this.write(ByteBuffer.wrap(bytes, offset, count));
    }
  }
}
