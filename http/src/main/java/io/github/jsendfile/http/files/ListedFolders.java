package io.github.jsendfile.http.files;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.page.Abilities;
import io.github.jsendfile.http.page.Entry;
import io.github.jsendfile.http.page.Listing;
import io.github.jsendfile.http.page.ListingOrder;
import io.github.jsendfile.http.page.ListingPages;
import io.github.jsendfile.http.page.PageFields;
import io.github.jsendfile.http.page.PageFormat;
import io.github.jsendfile.http.page.Query;
import io.github.jsendfile.server.DirectoryEntry;
import io.github.jsendfile.server.DirectoryListing;
import io.github.jsendfile.server.FileTree;
import io.github.jsendfile.server.TreePath;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/// Shows directories. A small one is sorted; one of very many entries is shown in pages, in the
/// order in which the file system tells them, so that no directory needs more memory than a page.
public final class ListedFolders implements FolderPages {
  /// Up to here a directory is sorted and shown at once.
  static final int MOST_SORTED = 20_000;

  /// Of a larger one, so many at a time.
  static final int PAGE_ENTRIES = 5_000;

  private static final int OK = 200;

  private final FileTree tree;
  private final Abilities abilities;

  /// Shows the directories of a tree.
  ///
  /// @param abilities what the pages offer to do
  public ListedFolders(FileTree tree, Abilities abilities) {
    this.tree = tree;
    this.abilities = abilities;
  }

  @Override
  public Optional<Answer> answer(Exchange exchange, TreePath folder) throws IOException {
    RequestHead head = exchange.head();
    Query query = Query.parse(head.target().query());
    PageFormat format =
        PageFormat.choose(
            query,
            head.fields().value(HttpHeader.ACCEPT),
            head.fields().value(HttpHeader.USER_AGENT));
    Listing listing = listing(folder, query);
    AnswerBody body =
        new AnswerBody.Written(
            AnswerBody.UNKNOWN,
            sink -> {
              Writer out = new OutputStreamWriter(sink.stream(), StandardCharsets.UTF_8);
              ListingPages.write(out, listing, abilities, format);
              out.flush();
            });
    return Optional.of(Answer.of(OK, PageFields.of(format), body));
  }

  private Listing listing(TreePath folder, Query query) throws IOException {
    String filter = query.get("filter").orElse("");
    ListingOrder order = ListingOrder.parse(query);
    List<Entry> entries = new ArrayList<>();
    try (DirectoryListing directory = tree.list(folder)) {
      if (!read(directory, filter, MOST_SORTED, entries)) {
        entries.sort(order.comparator());
        return new Listing(folder.names(), entries, order, filter, Listing.Part.ALL);
      }
    }
    return page(folder, query, filter);
  }

  /// Reads on until there are so many.
  ///
  /// @return whether there are more
  private static boolean read(
      DirectoryListing directory, String filter, int most, List<Entry> entries) throws IOException {
    String wanted = filter.toLowerCase(Locale.ROOT);
    for (DirectoryEntry entry = directory.next(); entry != null; entry = directory.next()) {
      if (entry.name().toLowerCase(Locale.ROOT).contains(wanted)) {
        if (entries.size() == most) {
          return true;
        }
        entries.add(shown(entry));
      }
    }
    return false;
  }

  private Listing page(TreePath folder, Query query, String filter) throws IOException {
    long page = Math.max(1, number(query.get("page").orElse("1")));
    List<Entry> entries = new ArrayList<>();
    try (DirectoryListing directory = tree.list(folder)) {
      boolean more = true;
      for (long passed = 1; passed <= page && more; passed++) {
        entries.clear();
        more = read(directory, filter, PAGE_ENTRIES, entries);
      }
      return new Listing(
          folder.names(), entries, ListingOrder.BY_NAME, filter, new Listing.Part(page, more));
    }
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 1;
  }

  private static Entry shown(DirectoryEntry entry) {
    boolean folder = entry.facts().isDirectory();
    return new Entry(
        entry.name(),
        folder,
        folder ? 0 : entry.facts().size(),
        entry.facts().lastModified(),
        entry.isReachable() && (folder || entry.facts().isRegular()));
  }
}
