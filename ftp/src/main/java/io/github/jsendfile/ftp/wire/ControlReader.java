package io.github.jsendfile.ftp.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads a client's lines in bounded memory, and takes Telnet's own words out of them (RFC 854).
/// Lines end with CR LF, or with LF alone, which people and scripts type.
public final class ControlReader {
  /// RFC 959 names no bound; a path of 255 names of one letter fits.
  public static final int MAX_LINE_BYTES = 2048;

  private static final int BUFFER_BYTES = 4 * 1024;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private final TelnetFilter telnet = new TelnetFilter();
  private int length;
  private boolean tooLong;

  public ControlReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /// Waits for a line.
  public ControlInput next() throws IOException {
    length = 0;
    tooLong = false;
    while (true) {
      while (buffer.hasRemaining()) {
        int octet = telnet.accept(buffer.get() & 0xff);
        if (octet == '\n') {
          return finish();
        }
        if (octet != TelnetFilter.NOTHING) {
          keep(octet);
        }
      }
      buffer.clear();
      int count = channel.read(buffer);
      buffer.flip();
      if (count < 0) {
        return new ControlInput.End();
      }
    }
  }

  /// Whether another line, or the beginning of one, has already been read.
  public boolean hasMore() {
    return buffer.hasRemaining();
  }

  /// Reads what has come already, as far as it fits, without waiting.
  ///
  /// @param available how many bytes have
  public void readAhead(int available) throws IOException {
    buffer.compact();
    buffer.limit(Math.min(buffer.capacity(), buffer.position() + available));
    if (buffer.hasRemaining()) {
      channel.read(buffer);
    }
    buffer.flip();
  }

  /// Whether a word without an argument is among the lines that have been read ahead; Telnet's own
  /// words may stand before it.
  public boolean holds(String word) {
    StringBuilder seen = new StringBuilder();
    for (int i = buffer.position(); i < buffer.limit(); i++) {
      int octet = buffer.get(i);
      if (octet == '\n' && seen.toString().strip().equalsIgnoreCase(word)) {
        return true;
      }
      if (octet == '\n') {
        seen.setLength(0);
      } else if (octet >= 0) {
        seen.append((char) octet);
      }
    }
    return false;
  }

  private void keep(int octet) {
    if (length == 0 && octet >= 0x80) {
      return; // no verb begins so: the rest of a Telnet signal that went ahead of its IAC
    }
    if (length == line.length) {
      tooLong = true;
    } else {
      line[length++] = (byte) octet;
    }
  }

  private ControlInput finish() {
    if (tooLong) {
      return new ControlInput.TooLong();
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    try {
      ByteBuffer octets = ByteBuffer.wrap(line, 0, end);
      return new ControlInput.Line(StandardCharsets.UTF_8.newDecoder().decode(octets).toString());
    } catch (CharacterCodingException e) {
      return new ControlInput.Undecodable();
    }
  }
}
