package io.github.jsendfile.http.plan;

import static io.github.jsendfile.http.message.Heads.get;
import static io.github.jsendfile.http.message.Heads.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.testkit.Spec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is answered to a GET or HEAD of a file of 100 bytes.
class FilePlannerTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-01T10:00:00.123456789Z");
  private static final String DATE = "Sun, 01 Nov 2026 10:00:00 GMT";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T00:00:00Z"));

  private final FilePlanner planner =
      new FilePlanner(
          new HttpClock(now::get),
          ResponseFields.builder().add("Cache-Control", "max-age=60").build(),
          () -> "BOUNDARY");

  private final Resource file =
      planner.resource("text/plain; charset=utf-8", List.of(Variant.plain(100, MODIFIED)));

  private final String tag = planner.plan(get(), file).fields().value("ETag");

  @Test
  @Spec({"HT-7", "HT-21", "HT-22"})
  void theWholeFile() {
    Plan plan = planner.plan(get(), file);
    assertThat(plan.status()).isEqualTo(200);
    assertThat(plan.pieces()).containsExactly(new Piece.FilePart(0, 100));
    assertThat(plan.bodyLength()).isEqualTo(100);
    assertThat(plan.fields())
        .hasToString(
            """
            Last-Modified: Sun, 01 Nov 2026 10:00:00 GMT\r
            ETag: %s\r
            Accept-Ranges: bytes\r
            X-Content-Type-Options: nosniff\r
            Cache-Control: max-age=60\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: 100\r
            """
                .formatted(tag));
  }

  @Test
  void theWholeFileIsPlannedOnce() {
    assertThat(planner.plan(get(), file)).isSameAs(planner.plan(get("Accept: */*"), file));
  }

  @Test
  @Spec("HT-7")
  void headHasTheFieldsOfGetAndNoBody() {
    Plan plan = planner.plan(request("HEAD"), file);
    assertThat(plan.status()).isEqualTo(200);
    assertThat(plan.pieces()).isEmpty();
    assertThat(plan.fields()).hasToString(planner.plan(get(), file).fields().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-4", "bytes=500-", "bytes=0-1,5-6", "bytes=-0"})
  @Spec("HR-1")
  void headIgnoresRanges(String range) {
    Plan plan = planner.plan(request("HEAD", "Range: " + range), file);
    assertThat(plan.status()).isEqualTo(200);
    assertThat(plan.fields().value("Content-Length")).isEqualTo("100");
    assertThat(plan.fields().value("Content-Range")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-4, bytes 0-4/100, 0, 5",
    "bytes=0-, bytes 0-99/100, 0, 100",
    "bytes=-1, bytes 99-99/100, 99, 1",
    "bytes=90-500, bytes 90-99/100, 90, 10",
    "'bytes=0-4,5-9', bytes 0-9/100, 0, 10",
    "'bytes=0-4,500-', bytes 0-4/100, 0, 5",
  })
  @Spec({"HT-24", "HR-8", "HR-5"})
  void oneRangeIsNeverMultipart(String range, String contentRange, long position, long length) {
    Plan plan = planner.plan(get("Range: " + range), file);
    assertThat(plan.status()).isEqualTo(206);
    assertThat(plan.fields().value("Content-Range")).isEqualTo(contentRange);
    assertThat(plan.fields().value("Content-Length")).isEqualTo(Long.toString(length));
    assertThat(plan.fields().value("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(plan.fields().value("ETag")).isEqualTo(tag);
    assertThat(plan.pieces()).containsExactly(new Piece.FilePart(position, length));
  }

  @Test
  @Spec({"HT-24", "HR-8"})
  void severalRangesAreMultipart() {
    Plan plan = planner.plan(get("Range: bytes=50-52,0-1,-1"), file);
    assertThat(plan.status()).isEqualTo(206);
    assertThat(plan.fields().value("Content-Type"))
        .isEqualTo("multipart/byteranges; boundary=BOUNDARY");
    assertThat(plan.fields().value("Content-Range")).isNull();
    String body = shown(plan);
    assertThat(body)
        .isEqualTo(
            """
            \r
            --BOUNDARY\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Range: bytes 50-52/100\r
            \r
            {50+3}\r
            --BOUNDARY\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Range: bytes 0-1/100\r
            \r
            {0+2}\r
            --BOUNDARY\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Range: bytes 99-99/100\r
            \r
            {99+1}\r
            --BOUNDARY--\r
            """);
    long length = body.replaceAll("\\{[^}]*}", "").length() + 6L;
    assertThat(plan.bodyLength()).isEqualTo(length);
    assertThat(plan.fields().value("Content-Length")).isEqualTo(Long.toString(length));
  }

  @Test
  @Spec("HR-8")
  void boundariesAreNotForetold() {
    FilePlanner random = new FilePlanner(new HttpClock(now::get), ResponseFields.NONE);
    String first = random.plan(get("Range: bytes=0-1,5-6"), file).fields().value("Content-Type");
    String second = random.plan(get("Range: bytes=0-1,5-6"), file).fields().value("Content-Type");
    assertThat(first).matches("multipart/byteranges; boundary=[0-9a-f-]{36}").isNotEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=-0", "bytes=500-600,700-"})
  @Spec("HR-6")
  void unsatisfiableIs416WithTheSize(String range) {
    Plan plan = planner.plan(get("Range: " + range), file);
    assertThat(plan.status()).isEqualTo(416);
    assertThat(plan.isError()).isTrue();
    assertThat(plan.fields().value("Content-Range")).isEqualTo("bytes */100");
    assertThat(plan.fields().value("Content-Length")).isNull();
    assertThat(plan.pieces()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"bytes=5-4", "lines=1-2", "bytes=x"})
  @Spec({"HR-2", "HR-7"})
  void whatIsIgnoredIsTheWholeFile(String range) {
    assertThat(planner.plan(get("Range: " + range), file)).isSameAs(planner.plan(get(), file));
  }

  @Test
  @Spec("HR-7")
  void twoRangeLinesAreMalformed() {
    assertThat(planner.plan(get("Range: bytes=0-1", "Range: bytes=5-6"), file).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-, 416", "bytes=-5, 200", "bytes=0-0, 416", "bytes=-0, 416", "x, 200"})
  @Spec("HR-9")
  void anEmptyFileIsNeverAPart(String range, int status) {
    Resource empty = planner.resource("a/b", List.of(Variant.plain(0, MODIFIED)));
    Plan plan = planner.plan(get("Range: " + range), empty);
    assertThat(plan.status()).isEqualTo(status);
    assertThat(plan.pieces()).isEmpty();
    if (status == 416) {
      assertThat(plan.fields().value("Content-Range")).isEqualTo("bytes */0");
    } else {
      assertThat(plan.fields().value("Content-Length")).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "{tag}, 206",
    "W/{tag}, 200",
    "'\"other\"', 200",
    "'{tag}, {tag}', 200",
    "*, 200",
    "'Sun, 01 Nov 2026 10:00:00 GMT', 206",
    "'Sunday, 01-Nov-26 10:00:00 GMT', 206",
    "'Sun Nov  1 10:00:00 2026', 206",
    "'Sun, 01 Nov 2026 10:00:01 GMT', 200",
    "'Sun, 01 Nov 2026 09:59:59 GMT', 200",
    "nonsense, 200",
  })
  @Spec("HR-10")
  void ifRange(String condition, int status) {
    String line = "If-Range: " + condition.replace("{tag}", tag);
    assertThat(planner.plan(get(line, "Range: bytes=0-4"), file).status()).isEqualTo(status);
    assertThat(planner.plan(get(line), file).status()).as("without Range").isEqualTo(200);
    assertThat(planner.plan(get(line, "Range: bytes=500-"), file).status())
        .isEqualTo(status == 206 ? 416 : 200);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01T10:00:00.200Z, 200",
    "2026-11-01T10:00:00.999Z, 200",
    "2026-11-01T10:00:01.000Z, 206",
    "2026-11-01T10:01:00.000Z, 206",
  })
  @Spec("HR-10")
  void aDateIsAStrongValidatorOnceItsSecondIsOver(Instant time, int status) {
    now.set(time);
    assertThat(planner.plan(get("If-Range: " + DATE, "Range: bytes=0-4"), file).status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match: {no}     | If-None-Match: {yes} | 412",
        "If-Match: {yes}    | If-None-Match: {yes} | 304",
        "If-Match: {yes}    | If-None-Match: {no}  | 206",
        "If-Match: {yes}    | If-Unmodified-Since: {before} | 206",
        "If-Match: {no}     | If-Unmodified-Since: {after}  | 412",
        "If-Unmodified-Since: {before} | If-None-Match: {yes} | 412",
        "If-Unmodified-Since: {before} | If-Modified-Since: {after} | 412",
        "If-Unmodified-Since: {after}  | If-Modified-Since: {after} | 304",
        "If-None-Match: {no}  | If-Modified-Since: {after}  | 206",
        "If-None-Match: {yes} | If-Modified-Since: {before} | 304",
        "If-None-Match: {yes} | If-Range: {no} | 304",
        "If-None-Match: {no}  | If-Range: {no} | 200",
        "If-Match: {no}       | If-Range: {yes} | 412",
        "If-Modified-Since: {before} | If-Range: {yes} | 206",
      })
  @Spec("HR-11")
  void conditionsHaveAnOrder(String first, String second, int status) {
    assertThat(planner.plan(get(filled(first), filled(second), "Range: bytes=0-4"), file).status())
        .isEqualTo(status);
    assertThat(planner.plan(get("Range: bytes=0-4", filled(second), filled(first)), file).status())
        .as("the other way round")
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "'If-None-Match: {yes}', bytes=500-, 304",
    "'If-Match: {no}', bytes=500-, 412",
    "'If-Modified-Since: {after}', bytes=500-, 304",
    "'If-None-Match: {no}', bytes=500-, 416",
  })
  @Spec("HR-11")
  void rangesComeLast(String condition, String range, int status) {
    assertThat(planner.plan(get(filled(condition), "Range: " + range), file).status())
        .isEqualTo(status);
  }

  @Test
  @Spec("HR-12")
  void whatIsNotAcceptableStaysSoWhateverTheConditions() {
    assertThat(
            planner.plan(get("Accept-Encoding: identity;q=0", "If-None-Match: *"), file).status())
        .isEqualTo(406);
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 01 Nov 2026 09:59:59 GMT', 200",
    "'Sun, 01 Nov 2026 10:00:00 GMT', 304",
    "'Sun, 01 Nov 2026 10:00:01 GMT', 304",
    "'Tue, 24 Nov 2026 00:00:00 GMT', 304",
    "'Fri, 01 Jan 2100 00:00:00 GMT', 304",
    "'Sunday, 01-Nov-26 10:00:00 GMT', 304",
    "'Sun Nov  1 10:00:00 2026', 304",
    "0, 200",
    "tomorrow, 200",
  })
  @Spec({"HR-14", "HR-13"})
  void ifModifiedSince(String date, int status) {
    assertThat(planner.plan(get("If-Modified-Since: " + date), file).status()).isEqualTo(status);
    assertThat(planner.plan(request("HEAD", "If-Modified-Since: " + date), file).status())
        .isEqualTo(status);
  }

  @Test
  @Spec({"HR-15", "HT-7"})
  void notModifiedRepeatsWhatACacheNeeds() {
    Resource negotiated = negotiated();
    Plan plan = planner.plan(get("If-None-Match: *"), negotiated);
    assertThat(plan.status()).isEqualTo(304);
    assertThat(plan.pieces()).isEmpty();
    assertThat(plan.fields().names())
        .contains("Cache-Control", "ETag", "Vary", "Last-Modified")
        .doesNotContain("Content-Type", "Content-Length", "Content-Encoding", "Content-Range");
    assertThat(plan.fields().value("ETag"))
        .isEqualTo(planner.plan(get(), negotiated).fields().value("ETag"));
  }

  @Test
  @Spec({"HT-25", "HR-16"})
  void codedVariantsHaveTheirOwnTagLengthAndRanges() {
    Resource negotiated = negotiated();
    Plan plain = planner.plan(get(), negotiated);
    Plan coded = planner.plan(get("Accept-Encoding: gzip, br"), negotiated);
    assertThat(plain.coding()).isEqualTo(ContentCoding.IDENTITY);
    assertThat(plain.fields().value("Content-Encoding")).isNull();
    assertThat(coded.coding()).isEqualTo(ContentCoding.BROTLI);
    assertThat(coded.fields().value("Content-Encoding")).isEqualTo("br");
    assertThat(coded.fields().value("Content-Length")).isEqualTo("40");
    assertThat(coded.fields().value("Content-Type")).isEqualTo("text/css; charset=utf-8");
    assertThat(plain.fields().value("Vary")).isEqualTo("Accept-Encoding");
    assertThat(coded.fields().value("Vary")).isEqualTo("Accept-Encoding");
    assertThat(coded.fields().value("ETag")).isNotEqualTo(plain.fields().value("ETag"));
    Plan part = planner.plan(get("Accept-Encoding: br", "Range: bytes=-5"), negotiated);
    assertThat(part.fields().value("Content-Range")).isEqualTo("bytes 35-39/40");
    assertThat(part.fields().value("Content-Encoding")).isEqualTo("br");
    assertThat(part.coding()).isEqualTo(ContentCoding.BROTLI);
  }

  @Test
  @Spec("HR-16")
  void aTagOfAnotherCodingDoesNotMatch() {
    Resource negotiated = negotiated();
    String plain = planner.plan(get(), negotiated).fields().value("ETag");
    assertThat(
            planner
                .plan(get("Accept-Encoding: br", "If-None-Match: " + plain), negotiated)
                .status())
        .isEqualTo(200);
    assertThat(
            planner
                .plan(
                    get("Accept-Encoding: br", "If-Range: " + plain, "Range: bytes=0-4"),
                    negotiated)
                .status())
        .isEqualTo(200);
  }

  @Test
  @Spec("HR-16")
  void variantsOfEqualSizeAndDateHaveDifferentTags() {
    Resource same =
        planner.resource(
            "a/b",
            List.of(Variant.plain(100, MODIFIED), new Variant(ContentCoding.GZIP, 100, MODIFIED)));
    assertThat(planner.plan(get("Accept-Encoding: gzip"), same).fields().value("ETag"))
        .isNotEqualTo(planner.plan(get(), same).fields().value("ETag"));
  }

  @Test
  @Spec("HT-25")
  void nothingAcceptableIs406() {
    Plan plan = planner.plan(get("Accept-Encoding: identity;q=0, zstd"), negotiated());
    assertThat(plan.status()).isEqualTo(406);
    assertThat(plan.fields().value("Vary")).isEqualTo("Accept-Encoding");
  }

  @Test
  @Spec("HT-22")
  void tagsAreOfSizeAndTimeInNanoseconds() {
    assertThat(tag).matches("\"[0-9a-f.-]+\"");
    assertThat(tagOf(100, MODIFIED)).isEqualTo(tag);
    assertThat(tagOf(101, MODIFIED)).isNotEqualTo(tag);
    assertThat(tagOf(100, MODIFIED.plusNanos(1))).isNotEqualTo(tag);
    assertThat(tagOf(100, MODIFIED.plusSeconds(1))).isNotEqualTo(tag);
    assertThat(tagOf(100, Instant.EPOCH.minusNanos(1))).isNotEqualTo(tagOf(100, Instant.EPOCH));
  }

  @Test
  @Spec("HT-22")
  void aDateInTheFutureIsSentAsNow() {
    now.set(Instant.parse("2026-10-01T00:00:00Z"));
    Resource young = planner.resource("a/b", List.of(Variant.plain(100, MODIFIED)));
    assertThat(planner.plan(get(), young).fields().value("Last-Modified"))
        .isEqualTo("Thu, 01 Oct 2026 00:00:00 GMT");
    now.set(Instant.parse("2026-10-01T00:00:05Z"));
    Plan later = planner.plan(get(), young);
    assertThat(later.fields().value("Last-Modified")).isEqualTo("Thu, 01 Oct 2026 00:00:05 GMT");
    assertThat(later.fields().value("ETag")).isEqualTo(tag);
    assertThat(
            planner
                .plan(get("If-Range: Thu, 01 Oct 2026 00:00:05 GMT", "Range: bytes=0-4"), young)
                .status())
        .isEqualTo(200);
    now.set(Instant.parse("2026-11-24T00:00:00Z"));
    assertThat(planner.plan(get(), young).fields().value("Last-Modified")).isEqualTo(DATE);
  }

  @Test
  void theFileItselfIsOneOfItsVariants() {
    List<Variant> coded = List.of(new Variant(ContentCoding.GZIP, 1, MODIFIED));
    assertThatThrownBy(() -> planner.resource("a/b", coded))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Resource negotiated() {
    return planner.resource(
        "text/css; charset=utf-8",
        List.of(
            Variant.plain(100, MODIFIED),
            new Variant(ContentCoding.BROTLI, 40, MODIFIED),
            new Variant(ContentCoding.GZIP, 50, MODIFIED)));
  }

  private String tagOf(long size, Instant modified) {
    Resource other = planner.resource("a/b", List.of(Variant.plain(size, modified)));
    return planner.plan(get(), other).fields().value("ETag");
  }

  private String filled(String line) {
    return line.strip()
        .replace("{yes}", tag)
        .replace("{no}", "\"other\"")
        .replace("{before}", "Sun, 01 Nov 2026 09:59:59 GMT")
        .replace("{after}", "Mon, 02 Nov 2026 00:00:00 GMT");
  }

  /// The body with `{position+length}` for bytes of the file.
  private static String shown(Plan plan) {
    StringBuilder body = new StringBuilder();
    for (Piece piece : plan.pieces()) {
      switch (piece) {
        case Piece.Text text -> body.append(StandardCharsets.US_ASCII.decode(text.buffer()));
        case Piece.FilePart(long position, long length) ->
            body.append('{').append(position).append('+').append(length).append('}');
      }
    }
    return body.toString();
  }
}
