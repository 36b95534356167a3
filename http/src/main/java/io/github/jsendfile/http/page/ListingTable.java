package io.github.jsendfile.http.page;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/// The table of a listing: a heading that sorts, and a row for each entry.
final class ListingTable {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private final Html html;
  private final Listing listing;
  private final boolean deletable;

  ListingTable(Html html, Listing listing, boolean deletable) {
    this.html = html;
    this.listing = listing;
    this.deletable = deletable;
  }

  void write() throws IOException {
    html.add(
        "<table><caption class=\"hidden\">Contents of <bdi>{}</bdi></caption>\n<thead><tr>",
        listing.title());
    for (ListingOrder.Column column : ListingOrder.Column.values()) {
      heading(column);
    }
    if (deletable) {
      html.add("<th scope=\"col\"><span class=\"hidden\">Actions</span></th>");
    }
    html.add("</tr></thead>\n<tbody>\n");
    if (!listing.path().isEmpty()) {
      parent();
    }
    for (Entry entry : listing.entries()) {
      row(entry);
    }
    html.add("</tbody></table>\n");
    if (listing.entries().isEmpty()) {
      boolean all = listing.filter().isEmpty();
      html.add("<p class=\"empty\">{}</p>\n", all ? "This folder is empty." : "Nothing found.");
    }
  }

  private void heading(ListingOrder.Column column) throws IOException {
    boolean current = listing.part().isAll() && listing.order().column() == column;
    html.add("<th scope=\"col\" class=\"{}\"", column.style());
    if (current) {
      html.add(" aria-sort=\"{}\"", listing.order().descending() ? "descending" : "ascending");
    }
    html.add(">");
    if (listing.part().isAll()) {
      sortLink(column, current);
    } else {
      html.add("<span class=\"label\">{}</span>", column.title());
    }
    html.add("</th>");
  }

  private void sortLink(ListingOrder.Column column, boolean current) throws IOException {
    String target = listing.order().after(column).parameters() + filterParameter();
    html.add("<a href=\"?{}\">{}", target, column.title());
    if (current) {
      arrow();
    }
    html.add("</a>");
  }

  private void arrow() throws IOException {
    html.add(
        "<svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><path d=\"{}\"/></svg>",
        listing.order().descending() ? "M0 2h10L5 8z" : "M0 8h10L5 2z");
  }

  private String filterParameter() {
    return listing.filter().isEmpty() ? "" : "&filter=" + Escape.url(listing.filter());
  }

  private void parent() throws IOException {
    html.add("<tr class=\"up\"><th scope=\"row\"><a href=\"../\">").icon("up");
    html.add("Parent folder</a></th><td class=\"size\"></td><td class=\"date\"></td>");
    html.add(deletable ? "<td></td></tr>\n" : "</tr>\n");
  }

  private void row(Entry entry) throws IOException {
    html.add("<tr><th scope=\"row\">");
    name(entry);
    html.add("</th>");
    size(entry);
    date(entry.modified());
    if (deletable) {
      delete(entry);
    }
    html.add("</tr>\n");
  }

  private void name(Entry entry) throws IOException {
    Icon icon = Icon.of(entry);
    if (entry.reachable()) {
      html.add("<a href=\"{}\">", entry.href()).icon(icon.id());
      html.add("<bdi>{}</bdi></a>", entry.name());
    } else {
      html.add("<span>").icon(icon.id());
      html.add("<span><bdi>{}</bdi> <small>(cannot be opened)</small></span></span>", entry.name());
    }
  }

  private void size(Entry entry) throws IOException {
    if (entry.folder()) {
      html.add("<td class=\"size\"></td>");
      return;
    }
    String exact = ByteCount.exact(entry.size());
    html.add("<td class=\"size\" title=\"{}\">{}</td>", exact, ByteCount.human(entry.size()));
  }

  private void date(Instant modified) throws IOException {
    html.add(
        "<td class=\"date\"><time datetime=\"{}\">{} UTC</time></td>",
        modified.truncatedTo(ChronoUnit.SECONDS),
        MINUTES.format(modified));
  }

  private void delete(Entry entry) throws IOException {
    if (!entry.reachable()) {
      html.add("<td></td>");
      return;
    }
    html.add("<td class=\"acts\"><a href=\"?delete={}\"", Escape.url(entry.name()));
    html.add(" aria-label=\"Delete {}\" title=\"Delete\">", entry.name()).icon("delete");
    html.add("</a></td>");
  }
}
