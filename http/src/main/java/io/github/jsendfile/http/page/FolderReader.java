package io.github.jsendfile.http.page;

import io.github.jsendfile.server.files.DirectoryEntry;
import io.github.jsendfile.server.files.DirectoryListing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what of a folder is to be shown. What it keeps is bounded, however many entries there
/// are: all of them, sorted, up to [#MOST_SORTED]; else one page, in the file system's order.
final class FolderReader {
  /// Past this many, sorting would cost more than it helps.
  static final int MOST_SORTED = 20_000;

  /// Entries of a page.
  static final int PAGE_ENTRIES = 5_000;

  private static final long MOST_PAGES = 1_000_000_000;

  private final FileTree tree;
  private final TreePath folder;
  private final ListingOrder order;
  private final String filter;
  private final String wanted;
  private final long page;

  FolderReader(FileTree tree, TreePath folder, Query query) {
    this.tree = tree;
    this.folder = folder;
    this.order = ListingOrder.parse(query);
    this.filter = query.get("filter").orElse("").strip();
    this.wanted = filter.toLowerCase(Locale.ROOT);
    this.page = page(query.get("page").orElse("1"));
  }

  private static long page(String text) {
    return text.matches("\\d{1,10}") ? Math.clamp(Long.parseLong(text), 1, MOST_PAGES) : 1;
  }

  /// Reads all of it or a page.
  Listing read() throws IOException {
    Optional<List<Entry>> all = sorted();
    return all.isPresent() ? listing(all.get(), Listing.Part.ALL) : page();
  }

  /// Without entries: what is written before they come.
  Listing heading() {
    return listing(List.of(), new Listing.Part(1, true));
  }

  /// All entries, or nothing if there are too many.
  Optional<List<Entry>> sorted() throws IOException {
    if (filter.isEmpty() && hasTooMany()) {
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>();
    try (DirectoryListing listing = tree.list(folder)) {
      for (Entry e = next(listing); e != null; e = next(listing)) {
        if (entries.size() == MOST_SORTED) {
          return Optional.empty();
        }
        entries.add(e);
      }
    }
    entries.sort(order.comparator());
    return Optional.of(entries);
  }

  /// Counting names alone is several times faster than looking at what they name.
  private boolean hasTooMany() throws IOException {
    try (DirectoryListing listing = tree.list(folder)) {
      return listing.skip(MOST_SORTED + 1) > MOST_SORTED;
    }
  }

  private Listing page() throws IOException {
    try (DirectoryListing listing = tree.list(folder)) {
      skip(listing, (page - 1) * PAGE_ENTRIES);
      List<Entry> entries = new ArrayList<>();
      Entry entry = next(listing);
      while (entry != null && entries.size() < PAGE_ENTRIES) {
        entries.add(entry);
        entry = next(listing);
      }
      return listing(entries, new Listing.Part(page, entry != null));
    }
  }

  private void skip(DirectoryListing listing, long count) throws IOException {
    if (filter.isEmpty()) {
      listing.skip(count);
      return;
    }
    for (long skipped = 0; skipped < count && next(listing) != null; skipped++) {}
  }

  /// The next entry that is wanted, or null behind the last.
  @Nullable Entry next(DirectoryListing listing) throws IOException {
    DirectoryEntry entry = listing.next();
    while (entry != null && !entry.name().toLowerCase(Locale.ROOT).contains(wanted)) {
      entry = listing.next();
    }
    return entry == null ? null : Entry.of(entry);
  }

  private Listing listing(List<Entry> entries, Listing.Part part) {
    return new Listing(folder.names(), entries, order, filter, part);
  }
}
