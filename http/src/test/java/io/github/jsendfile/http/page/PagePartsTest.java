package io.github.jsendfile.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Spec("HT-40")
class PagePartsTest {
  private static final Instant TIME = Instant.parse("2026-11-23T21:14:09.5Z");

  @ParameterizedTest
  @CsvSource({
    "'', text/html, Mozilla/5.0, HTML",
    "'', , curl/8.5.0, TEXT",
    "'', */*, curl/8.5.0, TEXT",
    "'', text/html, curl/8.5.0, HTML",
    "'', */*, Wget/1.21, HTML",
    "'', , , HTML",
    "'', application/json, curl/8.5.0, JSON",
    "'', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', Mozilla/5.0, HTML",
    "'', 'text/html;q=0.5, application/json', x, JSON",
    "'', 'application/json;q=0, text/html;q=0.1', x, HTML",
    "'', 'application/json;q=2, text/plain;q=x', x, HTML",
    "'', 'TEXT/Plain; Q=1.0', x, TEXT",
    "json, text/html, Mozilla/5.0, JSON",
    "'sort=size&json=', text/html, Mozilla/5.0, JSON",
    "text, text/html, Mozilla/5.0, TEXT",
  })
  void choosesTheFormat(String query, String accept, String userAgent, PageFormat expected) {
    assertThat(PageFormat.choose(Query.parse(query), accept, userAgent)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', name, false",
    "sort=size, size, false",
    "sort=size&order=desc, size, true",
    "sort=modified&order=asc, modified, false",
    "sort=nonsense&order=up, name, false",
    "sort=name&sort=size, name, false",
  })
  void readsTheOrder(String query, String column, boolean descending) {
    ListingOrder order = ListingOrder.parse(Query.parse(query));
    assertThat(order.column().parameter()).isEqualTo(column);
    assertThat(order.descending()).isEqualTo(descending);
  }

  @ParameterizedTest
  @CsvSource({
    "name, false, 'A b B2 c1 c2 c10 z'",
    "name, true, 'b A z c10 c2 c1 B2'",
    "size, true, 'A b z c1 B2 c2 c10'",
    "modified, false, 'A b c10 c2 c1 B2 z'",
  })
  void putsFoldersFirst(String column, boolean descending, String expected) {
    List<Entry> entries =
        Stream.of(
                new Entry("c10", false, 1, TIME, true),
                new Entry("c1", false, 8, TIME.plusSeconds(2), true),
                new Entry("c2", false, 1, TIME.plusSeconds(1), true),
                new Entry("z", false, 9, TIME.plusSeconds(9), true),
                new Entry("b", true, 0, TIME, true),
                new Entry("A", true, 0, TIME, true),
                new Entry("B2", false, 7, TIME.plusSeconds(5), true))
            .sorted(ListingOrder.parse(query(column, descending)).comparator())
            .toList();
    assertThat(entries).extracting(Entry::name).containsExactly(expected.split(" "));
  }

  private static Query query(String column, boolean descending) {
    return Query.parse("sort=" + column + "&order=" + (descending ? "desc" : "asc"));
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, 0",
    "file2, file10, -1",
    "file02, file2, -1",
    "2, 10, -1",
    "99999999999999999999998, 99999999999999999999999, -1",
    "a, B, -1",
    "B, a, 1",
    "a, A, 1",
    "a, ab, -1",
    "1a, 1b, -1",
    "é, f, 1",
  })
  void ordersNamesAsPeopleDo(String left, String right, int expected) {
    assertThat(Integer.signum(NaturalOrder.INSTANCE.compare(left, right))).isEqualTo(expected);
    assertThat(Integer.signum(NaturalOrder.INSTANCE.compare(right, left))).isEqualTo(-expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1, 1 B",
    "999, 999 B",
    "1000, 1.0 KiB",
    "1536, 1.5 KiB",
    "10240, 10 KiB",
    "1048576, 1.0 MiB",
    "734003200, 700 MiB",
    "9223372036854775807, 8.0 EiB",
  })
  void writesSizesForPeople(long bytes, String expected) {
    assertThat(ByteCount.human(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b+c&d=e", "%", "%zz", "caf\u00E9", "a\r\n<b>'\"", "..", "\u202E"})
  void readsBackWhatItWroteIntoAnAddress(String name) {
    String query = "delete=" + Escape.url(name) + "&x";
    assertThat(Query.parse(query).get("delete")).contains(name);
    assertThat(Query.parse(query).has("x")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "=", "&", "==&&", "a=%ff", "%%%", "a=+"})
  void readsAnyQuery(String text) {
    assertThat(Query.parse(text).get("delete")).isEmpty();
  }

  @Test
  void writesOneLineAnEntryThatATerminalCanShow() throws IOException {
    StringWriter out = new StringWriter();
    ListingWriter text = new ListingText(out);
    text.entry(new Entry("new\nline\u001B[2J\u009B", false, 77, TIME, true));
    text.entry(new Entry("folder", true, 0, TIME, true));
    assertThat(out.toString())
        .isEqualTo(
            """
            2026-11-23T21:14:09Z           77  new\u240Aline\u241B[2J\\u009B
            2026-11-23T21:14:09Z            -  folder/
            """);
  }

  @Test
  void writesJson() throws IOException {
    StringWriter out = new StringWriter();
    ListingWriter json = new ListingJson(out);
    json.begin(new Listing(List.of("a b"), List.of(), ListingOrder.BY_NAME, "", Listing.Part.ALL));
    json.entry(new Entry("\"\n", false, 77, TIME, true));
    json.entry(new Entry("d", true, 0, TIME, true));
    json.entry(new Entry("\uFFFD", false, 0, TIME, false));
    json.end();
    assertThat(out.toString().replace("\n", ""))
        .isEqualTo(
            "{\"path\":\"/a%20b/\",\"sorted\":true,\"entries\":["
                + "{\"name\":\"\\\"\\n\",\"type\":\"file\",\"size\":77,"
                + "\"modified\":\"2026-11-23T21:14:09.500Z\",\"href\":\"%22%0A\"},"
                + "{\"name\":\"d\",\"type\":\"directory\","
                + "\"modified\":\"2026-11-23T21:14:09.500Z\",\"href\":\"d/\"},"
                + "{\"name\":\"\uFFFD\",\"type\":\"file\",\"size\":0,"
                + "\"modified\":\"2026-11-23T21:14:09.500Z\"}]}");
  }

  @Spec("HT-8")
  @ParameterizedTest
  @EnumSource(PageFormat.class)
  void explainsAnErrorInEveryFormat(PageFormat format) {
    String text = new String(ErrorPages.render(404, "Not Found", format), StandardCharsets.UTF_8);
    assertThat(PageFields.of(format).value("Content-Type")).isEqualTo(format.contentType());
    assertThat(text).contains("404", "Not Found", "There is nothing at this address.");
  }

  @Spec("HT-8")
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 408, 409, 413, 416, 418, 421, 500, 503, 507, 599})
  void hasWordsForEveryStatus(int status) {
    assertThat(ErrorPage.meaning(status)).endsWith(".").hasSizeGreaterThan(20);
  }
}
