package io.github.jsendfile.http.page;

import java.io.IOException;
import java.util.List;

/// A folder as a page for people. Everything works by links and forms; the script adds comfort.
final class ListingPage {
  private final Html html;
  private final Listing listing;
  private final Abilities abilities;

  private ListingPage(Html html, Listing listing, Abilities abilities) {
    this.html = html;
    this.listing = listing;
    this.abilities = abilities;
  }

  static void write(Appendable out, Listing listing, Abilities abilities) throws IOException {
    new ListingPage(new Html(out), listing, abilities).write();
  }

  private void write() throws IOException {
    Frame.begin(html, listing.title());
    html.add("<a class=\"skip\" href=\"#files\">Skip to the files</a>").trusted(Assets.ICONS);
    html.add("<div class=\"page\">\n");
    header();
    if (abilities.upload()) {
      upload();
    }
    html.add("<main id=\"files\" tabindex=\"-1\">\n");
    note();
    new ListingTable(html, listing, abilities.delete()).write();
    pages();
    html.add("</main>\n");
    footer();
    html.add("</div>\n");
    if (abilities.upload() || abilities.delete()) {
      dialog();
    }
    html.add("<script>").trusted(Assets.SCRIPT).add("</script>\n");
    Frame.end(html);
  }

  private void header() throws IOException {
    html.add("<header><div>");
    breadcrumb();
    html.add("<h1><bdi>{}</bdi></h1></div>\n", listing.title());
    html.add("<form class=\"filter\" role=\"search\" action=\"./\">");
    if (listing.part().isAll()) {
      hidden("sort", listing.order().column().parameter());
      hidden("order", listing.order().descending() ? "desc" : "asc");
    }
    html.add(
        "<label class=\"hidden\" for=\"filter\">Filter by name</label><input id=\"filter\""
            + " type=\"search\" name=\"filter\" placeholder=\"Filter\" autocomplete=\"off\""
            + " value=\"{}\"><button id=\"apply\">Filter</button></form></header>\n"
            + "<p class=\"hidden\" id=\"found\" role=\"status\"></p>\n",
        listing.filter());
  }

  private void hidden(String name, String value) throws IOException {
    html.add("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);
  }

  private void breadcrumb() throws IOException {
    List<String> path = listing.path();
    if (path.isEmpty()) {
      return;
    }
    html.add("<nav aria-label=\"Parent folders\"><ol>");
    for (int depth = 0; depth < path.size(); depth++) {
      String name = depth == 0 ? "Files" : path.get(depth - 1);
      String up = "../".repeat(path.size() - depth);
      html.add("<li><a href=\"{}\"><bdi>{}</bdi></a></li>", up, name);
    }
    html.add("</ol></nav>");
  }

  private void upload() throws IOException {
    html.add(
        """
        <section class="upload" aria-label="Upload">
        <p id="hint">Choose files to put into this folder.</p>
        <form id="send" method="post" enctype="multipart/form-data" action="./" data-replaces="{}">
        <label class="hidden" for="chosen">Files to upload</label>
        <input id="chosen" type="file" name="file" multiple required>
        <button class="main">Upload</button></form>
        """,
        abilities.overwrite());
    if (abilities.makeFolder()) {
      html.add(
          """
          <form id="make" method="post" action="./">
          <label class="hidden" for="folder-name">Name of the new folder</label>
          <input id="folder-name" type="text" name="folder" required maxlength="255"
          placeholder="New folder" autocomplete="off"><button>Create</button></form>
          """);
    }
    html.add(
        """
        </section>
        <ul class="jobs" id="jobs" aria-label="Uploads" hidden></ul>
        """);
  }

  private void note() throws IOException {
    if (!listing.part().isAll()) {
      html.add(
          "<p class=\"note\">This folder has too many entries to sort: they are shown in the order"
              + " in which the disk keeps them, page {}. The filter looks through all of"
              + " them.</p>\n",
          listing.part().page());
    }
    if (!listing.filter().isEmpty()) {
      html.add(
          "<p class=\"note\" id=\"filtered\">Only names with \u201c<bdi>{}</bdi>\u201d."
              + " <a class=\"button\" href=\"./\">Show all</a></p>\n",
          listing.filter());
    }
  }

  private void pages() throws IOException {
    if (listing.part().isAll()) {
      return;
    }
    long page = listing.part().page();
    html.add("<nav class=\"pages\" aria-label=\"Pages\"><span>");
    if (page > 1) {
      pageLink("prev", page - 1, "Previous page");
    }
    html.add("</span><span>");
    if (listing.part().more()) {
      pageLink("next", page + 1, "Next page");
    }
    html.add("</span></nav>\n");
  }

  private void pageLink(String relation, long page, String text) throws IOException {
    html.add("<a class=\"button\" rel=\"{}\" href=\"?page={}\">{}</a>", relation, page, text);
  }

  private void footer() throws IOException {
    long folders = listing.entries().stream().filter(Entry::folder).count();
    long files = listing.entries().size() - folders;
    long bytes = listing.entries().stream().mapToLong(Entry::size).sum();
    html.add("<footer><span>{}, {}", count(folders, "folder"), count(files, "file"));
    if (files > 0) {
      html.add(", <span title=\"{}\">{}</span>", ByteCount.exact(bytes), ByteCount.human(bytes));
    }
    html.add("</span>");
    if (abilities.archives()) {
      html.add(
          "<span>Download this folder as <a href=\"?zip\" rel=\"nofollow\">zip</a> or"
              + " <a href=\"?tar\" rel=\"nofollow\">tar</a></span>");
    }
    html.add("<span class=\"from\">JSendfile</span></footer>\n");
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /// The script fills it in.
  private void dialog() throws IOException {
    html.add(
        """
        <dialog id="ask" aria-labelledby="question" aria-describedby="about">
        <form method="dialog"><h2 id="question"></h2><p id="about"></p>
        <div class="choices"><button id="no" value="no">Cancel</button>
        <button class="danger" id="yes" value="yes"></button></div></form></dialog>
        """);
  }
}
