package io.github.jsendfile.http.page;

import java.util.List;

/// What of a folder is shown.
///
/// @param path the names from the root to the folder; empty for the root
/// @param entries in the order shown
/// @param order what they are sorted by, if they are
/// @param filter what every name shown contains; empty for all
/// @param part which part it is
public record Listing(
    List<String> path, List<Entry> entries, ListingOrder order, String filter, Part part) {

  /// A part of a folder. A folder of very many entries is shown in parts, in the order in which
  /// the file system tells them.
  ///
  /// @param page counts from 1; 0 if it is no part but all, and sorted
  /// @param more whether a next page follows
  public record Part(long page, boolean more) {
    /// Everything at once.
    public static final Part ALL = new Part(0, false);

    boolean isAll() {
      return page == 0;
    }
  }

  /// The same folder with all of its entries.
  Listing withAll(List<Entry> all) {
    return new Listing(path, all, order, filter, Part.ALL);
  }

  /// What it is called.
  String title() {
    return path.isEmpty() ? "Files" : path.getLast();
  }

  /// The folder's address, from the root.
  String address() {
    StringBuilder address = new StringBuilder("/");
    path.forEach(name -> address.append(Escape.url(name)).append('/'));
    return address.toString();
  }
}
