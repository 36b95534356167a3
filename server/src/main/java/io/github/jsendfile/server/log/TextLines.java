package io.github.jsendfile.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lines in the Common or Combined Log Format. Whatever a client wrote stays on its line and in its
/// column, and says nothing to a terminal: quotes and backslashes are escaped, all that does not
/// print is written as `\xHH`, byte by byte of its UTF-8.
final class TextLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'['dd/MMM/yyyy:HH:mm:ss Z']'", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());
  private static final HexFormat HEX = HexFormat.of();
  private static final String UNKNOWN = "-";

  private final StringBuilder lines = new StringBuilder();
  private final boolean combined;
  private long formattedSecond = Long.MIN_VALUE;
  private String formatted = "";

  TextLines(boolean combined) {
    this.combined = combined;
  }

  void add(AccessEntry entry) {
    lines.append(entry.client().getHostAddress()).append(" - ");
    column(entry.user());
    lines.append(' ').append(time(entry.time())).append(" \"");
    escape(entry.method());
    lines.append(' ');
    if (!entry.target().isEmpty()) {
      escape(entry.target());
      lines.append(' ');
    }
    escape(entry.protocol());
    lines.append("\" ").append(entry.status()).append(' ').append(bytes(entry));
    if (combined) {
      quoted(entry.referer());
      quoted(entry.userAgent());
    }
    lines.append(' ').append(entry.mechanism() == null ? UNKNOWN : entry.mechanism().word());
    lines.append(' ');
    seconds(entry.elapsed());
    lines.append('\n');
  }

  @Override
  public String toString() {
    return lines.toString();
  }

  private static long bytes(AccessEntry entry) {
    return entry.bytesSent() > 0 ? entry.bytesSent() : entry.bytesReceived();
  }

  private String time(Instant time) {
    if (time.getEpochSecond() != formattedSecond) {
      formattedSecond = time.getEpochSecond();
      formatted = TIME.format(time);
    }
    return formatted;
  }

  private void seconds(Duration elapsed) {
    long micros = elapsed.toNanosPart() / 1_000;
    lines.append(elapsed.toSeconds()).append('.');
    lines.repeat('0', 6 - Long.toString(micros).length()).append(micros);
  }

  private void column(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      lines.append(UNKNOWN);
    } else {
      int start = lines.length();
      escape(value);
      for (int space = lines.indexOf(" ", start); space >= 0; space = lines.indexOf(" ", space)) {
        lines.replace(space, space + 1, "\\x20");
      }
    }
  }

  private void quoted(@Nullable String value) {
    lines.append(" \"");
    escape(value == null ? UNKNOWN : value);
    lines.append('"');
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); ) {
      int character = value.codePointAt(i);
      i += Character.charCount(character);
      if (character == '"' || character == '\\') {
        lines.append('\\').append((char) character);
      } else if (prints(character)) {
        lines.appendCodePoint(character);
      } else {
        for (byte each : Character.toString(character).getBytes(UTF_8)) {
          lines.append("\\x").append(HEX.toHexDigits(each));
        }
      }
    }
  }

  private static boolean prints(int character) {
    if (character < 0x7f) {
      return character >= ' ';
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT, // turns the direction of writing, for one
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
