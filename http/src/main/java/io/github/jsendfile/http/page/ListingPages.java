package io.github.jsendfile.http.page;

import java.io.IOException;
import java.io.Writer;

/// Folders as people, programs and terminals read them.
public final class ListingPages {
  private ListingPages() {}

  /// Writes a listing; its fields are [PageFields].
  ///
  /// @param abilities what the page offers to do, where it is a page
  public static void write(Writer out, Listing listing, Abilities abilities, PageFormat format)
      throws IOException {
    switch (format) {
      case HTML -> ListingPage.write(out, listing, abilities);
      case JSON -> write(new ListingJson(out), listing);
      case TEXT -> write(new ListingText(out), listing);
    }
  }

  private static void write(ListingWriter writer, Listing listing) throws IOException {
    writer.begin(listing);
    for (Entry entry : listing.entries()) {
      writer.entry(entry);
    }
    writer.end();
  }
}
