package io.github.jsendfile.http.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/// Writes the heads of responses: the first line, what every response has (`Date`, `Server`,
/// `Connection` where it is needed), the fields of this one, an empty line.
///
/// Allocates nothing. For any number of threads.
public final class ResponseHead {
  /// What happens to the connection behind the response, and how the head says so.
  public enum Persistence {
    /// It stays, as HTTP/1.1 takes for granted.
    KEEP,
    /// It stays, which a client of HTTP/1.0 must be told.
    KEEP_1_0,
    /// It closes.
    CLOSE
  }

  private static final int FIRST_STATUS = 100;
  private static final byte[][] STATUS_LINES = statusLines();
  private static final byte[] DATE = ascii("Date: ");
  private static final byte[] NOTHING = {};
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] END_OF_LINE = ascii("\r\n");

  private final HttpClock clock;
  private final byte[] server;

  /// Makes the writer of a server.
  ///
  /// @param clock tells the date
  /// @param server the value of the `Server` field, null for none
  public ResponseHead(HttpClock clock, @Nullable String server) {
    this.clock = clock;
    this.server =
        (server == null
                ? ResponseFields.NONE
                : ResponseFields.builder().add("Server", server).build())
            .encoded();
  }

  /// How many bytes [#write] writes.
  public int length(int status, ResponseFields fields, Persistence persistence) {
    return statusLine(status).length
        + DATE.length
        + HttpDates.LENGTH
        + END_OF_LINE.length
        + server.length
        + line(persistence).length
        + fields.encoded().length
        + END_OF_LINE.length;
  }

  /// Writes a head.
  ///
  /// @param status 100 to 599
  /// @throws java.nio.BufferOverflowException if there is no room for [#length]
  public void write(int status, ResponseFields fields, Persistence persistence, ByteBuffer into) {
    into.put(statusLine(status)).put(DATE).put(clock.date()).put(END_OF_LINE).put(server);
    into.put(line(persistence)).put(fields.encoded()).put(END_OF_LINE);
  }

  private static byte[] line(Persistence persistence) {
    return switch (persistence) {
      case KEEP -> NOTHING;
      case KEEP_1_0 -> KEEP_ALIVE;
      case CLOSE -> CLOSE;
    };
  }

  private static byte[] statusLine(int status) {
    return STATUS_LINES[status - FIRST_STATUS];
  }

  private static byte[][] statusLines() {
    byte[][] lines = new byte[500][];
    for (int i = 0; i < lines.length; i++) {
      int status = FIRST_STATUS + i;
      String reason = HttpStatus.getCode(status) == null ? "" : HttpStatus.getMessage(status);
      lines[i] = ascii("HTTP/1.1 " + status + " " + reason + "\r\n");
    }
    return lines;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
