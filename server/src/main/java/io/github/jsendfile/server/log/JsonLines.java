package io.github.jsendfile.server.log;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Log lines that are JSON objects, in ASCII: all else is escaped, so that nothing speaks to a
/// terminal.
final class JsonLines {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int DELETE = 0x7f;
  private static final CharacterEscapes WITH_DELETE = new WithDelete();

  private JsonLines() {}

  static byte[] of(List<AccessEntry> entries) throws IOException {
    if (entries.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(lines, JsonEncoding.UTF8)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      json.setHighestNonEscapedChar(DELETE);
      json.setCharacterEscapes(WITH_DELETE);
      for (AccessEntry entry : entries) {
        write(entry, json);
      }
    }
    lines.write('\n');
    return lines.toByteArray();
  }

  private static void write(AccessEntry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("time", entry.time().toString());
    json.writeStringField("client", entry.client().getHostAddress());
    known("user", entry.user(), json);
    json.writeStringField("method", entry.method());
    json.writeStringField("target", entry.target());
    json.writeStringField("protocol", entry.protocol());
    json.writeNumberField("status", entry.status());
    json.writeNumberField("bytesSent", entry.bytesSent());
    json.writeNumberField("bytesReceived", entry.bytesReceived());
    json.writeNumberField("seconds", entry.elapsed().toNanos() / 1e9);
    known("mechanism", entry.mechanism() == null ? null : entry.mechanism().word(), json);
    known("referer", entry.referer(), json);
    known("userAgent", entry.userAgent(), json);
    known("failure", entry.failure(), json);
    json.writeEndObject();
  }

  private static void known(String name, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  /// What JSON has escaped, and the one control character of ASCII that it leaves alone.
  private static final class WithDelete extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    private final int[] escapes = standardAsciiEscapesForJSON();

    WithDelete() {
      escapes[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return escapes.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null; // none of its own
    }
  }
}
