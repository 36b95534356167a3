package io.github.jsendfile.http.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;

/// A folder as JSON. Entries are written as they come, so a folder may be of any size.
final class ListingJson implements ListingWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  ListingJson(Writer out) throws IOException {
    json = FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  @Override
  public void begin(Listing listing) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", listing.address());
    json.writeBooleanField("sorted", listing.part().isAll());
    json.writeArrayFieldStart("entries");
  }

  @Override
  public void entry(Entry entry) throws IOException {
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringField("name", entry.name());
    json.writeStringField("type", entry.folder() ? "directory" : "file");
    if (!entry.folder()) {
      json.writeNumberField("size", entry.size());
    }
    json.writeStringField("modified", entry.modified().toString());
    if (entry.reachable()) {
      json.writeStringField("href", entry.href());
    }
    json.writeEndObject();
  }

  @Override
  public void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
