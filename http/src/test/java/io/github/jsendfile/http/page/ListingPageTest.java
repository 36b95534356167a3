package io.github.jsendfile.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Spec("HT-40")
class ListingPageTest {
  private static final Instant TIME = Instant.parse("2026-11-23T21:14:09.123456789Z");
  private static final Abilities ALL = new Abilities(true, true, true, true, true);

  @Test
  void showsNameSizeAndTimeOfEachEntry() throws IOException {
    String page = render(listing(file("report.pdf", 1_572_864)));
    assertThat(page)
        .contains("<a href=\"report.pdf\">")
        .contains("<bdi>report.pdf</bdi>")
        .contains("title=\"1,572,864 bytes\">1.5 MiB<")
        .contains("<time datetime=\"2026-11-23T21:14:09Z\">2026-11-23 21:14 UTC</time>");
  }

  @Test
  void linksAFolderWithASlashAndShowsNoSizeOfIt() throws IOException {
    assertThat(render(listing(folder("music"))))
        .contains("<a href=\"music/\">")
        .contains("<td class=\"size\"></td>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "' onmouseover='alert(1)",
        "</bdi></a><img src=x onerror=alert(1)>",
        "&lt;b&gt;",
        "javascript:alert(1)",
        "a\r\nb",
        "]]><!--",
        "{}",
        "\u202Egpj.exe",
        "#?%2e%2e",
        "//elsewhere.example",
        "http:evil"
      })
  void letsNoNameBecomeMarkupOrAnotherAddress(String name) throws IOException {
    Listing listing = new Listing(List.of(name), List.of(file(name, 1)), order(), name, all());
    String page = render(listing);
    assertThat(page).doesNotContain("\u202E", "<b>");
    assertThat(page.replaceAll("<script></script>", "")).doesNotContain("<script", "<img");
    assertThat(page).contains("<a href=\"" + Escape.url(name) + "\">");
    assertThat(Escape.url(name)).matches("[A-Za-z0-9%._~!$()*,;=@-]+");
    assertThat(attributes(page)).noneMatch(attribute -> attribute.startsWith("on"));
  }

  /// Every attribute of every tag, read as a browser would: quoted values are skipped.
  private static List<String> attributes(String page) {
    return java.util.regex.Pattern.compile("<[a-z][^\"'>]*(?:\"[^\"]*\"[^\"'>]*)*>")
        .matcher(page)
        .results()
        .flatMap(tag -> Stream.of(tag.group().replaceAll("\"[^\"]*\"", "").split("[\\s=]+")))
        .toList();
  }

  @Test
  void listsAnUndecodableNameWithoutALink() throws IOException {
    Entry entry = new Entry("caf\uFFFD", false, 3, TIME, false);
    String page = render(listing(entry));
    assertThat(page).contains("caf\uFFFD").contains("(cannot be opened)");
    assertThat(page).doesNotContain("%EF%BF%BD");
  }

  @Test
  void sortsByLinksAndSaysHow() throws IOException {
    ListingOrder bySize = new ListingOrder(ListingOrder.Column.SIZE, true);
    String page = render(new Listing(List.of(), List.of(file("a", 1)), bySize, "x y", all()));
    assertThat(page)
        .contains("class=\"size\" aria-sort=\"descending\"><a href=\"?sort=size&amp;order=asc")
        .contains("&amp;filter=x%20y\">Size")
        .contains("?sort=name&amp;order=asc&amp;filter=x%20y\">Name")
        .contains("?sort=modified&amp;order=desc&amp;filter=x%20y\">Modified");
    assertThat(page.split("aria-sort", -1)).hasSize(2);
  }

  @Test
  void leadsBackThroughEveryFolderAbove() throws IOException {
    Listing listing =
        new Listing(List.of("a & b", "c", "d"), List.of(), order(), "", Listing.Part.ALL);
    assertThat(render(listing))
        .contains("<li><a href=\"../../../\"><bdi>Files</bdi></a></li>")
        .contains("<li><a href=\"../../\"><bdi>a &amp; b</bdi></a></li>")
        .contains("<li><a href=\"../\"><bdi>c</bdi></a></li>")
        .contains("<h1><bdi>d</bdi></h1>")
        .contains("This folder is empty.");
  }

  @Test
  void saysThatItIsAPartAndLinksTheOthers() throws IOException {
    Listing.Part part = new Listing.Part(2, true);
    String page = render(new Listing(List.of("big"), List.of(file("a", 1)), order(), "", part));
    assertThat(page)
        .contains("too many entries to sort")
        .contains("page 2")
        .contains("rel=\"prev\" href=\"?page=1\"")
        .contains("rel=\"next\" href=\"?page=3\"")
        .doesNotContain("href=\"?sort=")
        .doesNotContain("<th scope=\"col\" class=\"name\" aria-sort");
  }

  @Test
  void asksForNothingElseAndAllowsNothingElse() throws IOException {
    String page = render(listing(file("a.jpg", 1)));
    assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
    assertThat(page).doesNotContain("@import", "url(", " style=");
    assertThat(Assets.POLICY)
        .contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*", "http");
  }

  @Test
  void offersOnlyWhatIsAllowed() throws IOException {
    Listing listing = listing(file("a", 1));
    assertThat(render(listing, new Abilities(false, false, false, false, false)))
        .doesNotContain("<form id=\"send\"", "?delete=", "?zip", "<dialog");
    assertThat(render(listing, ALL))
        .contains("<form id=\"send\" method=\"post\" enctype=\"multipart/form-data\"")
        .contains("<a href=\"?delete=a\" aria-label=\"Delete a\"")
        .contains("href=\"?zip\"", "href=\"?tar\"", "<dialog");
  }

  @Test
  void sumsUp() throws IOException {
    assertThat(render(listing(folder("a"), file("b", 1024), file("c", 512))))
        .contains("1 folder, 2 files, <span title=\"1,536 bytes\">1.5 KiB</span>");
  }

  /// 20,000 rows stay well under the 10 MB that a phone still takes.
  @Test
  void staysSmallWithAsManyEntriesAsAreSorted() throws IOException {
    List<Entry> entries =
        new ArrayList<>(
            IntStream.range(0, 20_000).mapToObj(i -> file("photo-" + i + ".jpg", i)).toList());
    entries.sort(order().comparator());
    assertThat(render(new Listing(List.of(), entries, order(), "", all()), Abilities.READ).length())
        .isLessThan(7_000_000);
  }

  /// The page without style and script, which are ours alone.
  private static String render(Listing listing) throws IOException {
    return render(listing, ALL);
  }

  private static String render(Listing listing, Abilities abilities) throws IOException {
    StringBuilder page = new StringBuilder();
    ListingPage.write(page, listing, abilities);
    return page.toString().replace(Assets.STYLE, "").replace(Assets.SCRIPT, "");
  }

  private static Listing listing(Entry... entries) {
    return new Listing(List.of("folder"), List.of(entries), order(), "", all());
  }

  private static ListingOrder order() {
    return ListingOrder.BY_NAME;
  }

  private static Listing.Part all() {
    return Listing.Part.ALL;
  }

  private static Entry file(String name, long size) {
    return new Entry(name, false, size, TIME, true);
  }

  private static Entry folder(String name) {
    return new Entry(name, true, 0, TIME, true);
  }
}
