package io.github.jsendfile.http.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// Errors as people and programs read them. Nothing in them comes from an exception.
public final class ErrorPages {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ErrorPages() {}

  /// The page for a status; its fields are [PageFields].
  ///
  /// @param status 400 or more
  /// @param reason its words in the status line
  /// @param format what to write it as
  public static byte[] render(int status, String reason, PageFormat format) {
    StringWriter out = new StringWriter();
    try {
      switch (format) {
        case HTML -> ErrorPage.write(out, status, reason);
        case JSON -> json(out, status, reason);
        case TEXT -> out.write(status + " " + reason + "\n" + ErrorPage.meaning(status) + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no file and no socket in it
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void json(Writer out, int status, String reason) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("status", status);
      json.writeStringField("error", reason);
      json.writeStringField("message", ErrorPage.meaning(status));
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }
}
