package io.github.jsendfile.http.page;

import java.io.IOException;
import java.io.Writer;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// A folder for a terminal: an entry a line, its time, its size in bytes, its name; a folder's name
/// ends with a slash. Easily read by `awk` too: the name is what follows the second column.
final class ListingText implements ListingWriter {
  private final Writer out;

  ListingText(Writer out) {
    this.out = out;
  }

  @Override
  public void begin(Listing listing) {}

  @Override
  public void entry(Entry entry) throws IOException {
    String size = entry.folder() ? "-" : Long.toString(entry.size());
    out.write(
        String.format(
            Locale.ROOT,
            "%s %12s  %s%s\n",
            entry.modified().truncatedTo(ChronoUnit.SECONDS),
            size,
            Escape.terminal(entry.name()),
            entry.folder() ? "/" : ""));
  }

  @Override
  public void end() {}
}
