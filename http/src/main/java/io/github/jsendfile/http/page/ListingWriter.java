package io.github.jsendfile.http.page;

import java.io.IOException;

/// Writes a folder entry by entry, however many there are.
interface ListingWriter {
  /// Before the first entry.
  void begin(Listing listing) throws IOException;

  /// One entry.
  void entry(Entry entry) throws IOException;

  /// After the last.
  void end() throws IOException;
}
