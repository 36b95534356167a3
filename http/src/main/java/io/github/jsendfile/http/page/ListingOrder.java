package io.github.jsendfile.http.page;

import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a listing is sorted. Folders come first in every order; what a column does not tell apart,
/// the name does.
///
/// @param column what decides
/// @param descending whether the largest, latest or last comes first
public record ListingOrder(Column column, boolean descending) {
  /// By name, from A to Z.
  public static final ListingOrder BY_NAME = new ListingOrder(Column.NAME, false);

  /// What a listing can be sorted by.
  public enum Column {
    /// The name, as people sort it.
    NAME("Name", "name"),
    /// The number of bytes.
    SIZE("Size", "size"),
    /// The time of the last change.
    MODIFIED("Modified", "date");

    private final String title;
    private final String style;

    Column(String title, String style) {
      this.title = title;
      this.style = style;
    }

    /// Its heading.
    String title() {
      return title;
    }

    /// The class of its cells in the style sheet.
    String style() {
      return style;
    }

    /// Its name in an address.
    String parameter() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Column parse(@Nullable String text) {
      for (Column column : values()) {
        if (column.parameter().equals(text)) {
          return column;
        }
      }
      return NAME;
    }
  }

  /// Reads `sort=name|size|modified` and `order=asc|desc`; anything else means by name.
  public static ListingOrder parse(Query query) {
    Column column = Column.parse(query.get("sort").orElse(null));
    return new ListingOrder(column, query.get("order").orElse("asc").equals("desc"));
  }

  /// Where a column's heading leads: sorted by it, or the other way round if it is so already.
  /// Sizes and times begin with the largest, since those are what people look for.
  ListingOrder after(Column clicked) {
    return clicked == column
        ? new ListingOrder(column, !descending)
        : new ListingOrder(clicked, clicked != Column.NAME);
  }

  /// As in an address.
  String parameters() {
    return "sort=" + column.parameter() + "&order=" + (descending ? "desc" : "asc");
  }

  /// What sorts entries so.
  public Comparator<Entry> comparator() {
    Comparator<Entry> byName = Comparator.comparing(Entry::name, NaturalOrder.INSTANCE);
    Comparator<Entry> by =
        switch (column) {
          case NAME -> byName;
          case SIZE -> Comparator.comparingLong(Entry::size);
          case MODIFIED -> Comparator.comparing(Entry::modified);
        };
    Comparator<Entry> foldersFirst = Comparator.comparing(entry -> !entry.folder());
    return foldersFirst.thenComparing(descending ? by.reversed() : by).thenComparing(byName);
  }
}
