package io.github.jsendfile.http.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Says which files of a form are stored, and which could not be: 409.
public final class PartlyStored {
  private static final int CONFLICT = 409;
  private static final String WHY =
      "There is a file of that name already, or a file cannot have the name:";
  private static final JsonFactory FACTORY = new JsonFactory();

  private PartlyStored() {}

  /// The answer.
  ///
  /// @param folder the address of the folder, encoded, with a slash at its end
  /// @param refused the names of files that are not there
  /// @param stored the names of those that are
  /// @param format what to write it as
  public static Answer answer(
      String folder, List<String> refused, List<String> stored, PageFormat format) {
    StringWriter out = new StringWriter();
    try {
      switch (format) {
        case HTML -> html(out, folder, refused, stored);
        case JSON -> json(out, refused, stored);
        case TEXT -> text(out, refused, stored);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no file and no socket in it
    }
    ByteBuffer page = ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.UTF_8));
    return Answer.of(CONFLICT, PageFields.of(format), new AnswerBody.Bytes(page));
  }

  private static void html(Writer out, String folder, List<String> refused, List<String> stored)
      throws IOException {
    Html html = new Html(out);
    Frame.begin(html, "Not stored");
    html.add(
        """
        <main class="card page">
        <h1><span class="code-number">{}</span>Not stored</h1>
        <p>{}</p>
        """,
        CONFLICT,
        WHY);
    list(html, refused);
    if (!stored.isEmpty()) {
      html.add("<p>These are stored:</p>\n");
      list(html, stored);
    }
    html.add(
        "<div class=\"choices\"><a class=\"button\" href=\"{}\">Back to the folder</a></div>\n</main>\n",
        folder);
    Frame.end(html);
  }

  private static void list(Html html, List<String> names) throws IOException {
    html.add("<ul>\n");
    for (String name : names) {
      html.add("<li><bdi>{}</bdi></li>\n", name);
    }
    html.add("</ul>\n");
  }

  private static void json(Writer out, List<String> refused, List<String> stored)
      throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("status", CONFLICT);
      json.writeStringField("error", "Conflict");
      json.writeStringField("message", WHY);
      array(json, "refused", refused);
      array(json, "stored", stored);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void array(JsonGenerator json, String field, List<String> names)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private static void text(Writer out, List<String> refused, List<String> stored)
      throws IOException {
    out.write("409 Conflict\n" + WHY + "\n");
    for (String name : refused) {
      out.write("  " + name + "\n");
    }
    if (!stored.isEmpty()) {
      out.write("These are stored:\n");
    }
    for (String name : stored) {
      out.write("  " + name + "\n");
    }
  }
}
