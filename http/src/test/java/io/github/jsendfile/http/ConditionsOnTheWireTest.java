package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Conditions as clients see them (RFC 9110, 13), one row a case. In the rows `TAG` stands for the
/// file's entity tag; lines are separated by `&`.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class ConditionsOnTheWireTest {
  private static final String DIGITS = "0123456789";

  /// Sunday, 6 November 1994, 08:49:37, the date of the RFC's examples.
  private static final Instant CHANGED = Instant.parse("1994-11-06T08:49:37.5Z");

  @TempDir private static Path root;
  private static HttpFixture http;
  private static String tag;

  @BeforeAll
  static void start() throws IOException {
    file("ten.txt", DIGITS);
    file("app.js", "plain text of some length");
    file("app.js.gz", "gzipped");
    file("app.js.br", "brotli");
    http = HttpFixture.over(root, server -> server.header("Cache-Control", "max-age=60"));
    tag = http.ask("HEAD", "/ten.txt").field("ETag");
  }

  private static void file(String name, String content) throws IOException {
    Path file = Files.writeString(root.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.from(CHANGED));
  }

  @AfterAll
  static void stop() throws IOException {
    http.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          # If-None-Match: weakly, lists, any
          If-None-Match: TAG | 304
          If-None-Match: W/TAG | 304
          If-None-Match: "x", TAG | 304
          If-None-Match: "x" , W/TAG,"y" | 304
          If-None-Match: "a,b",TAG | 304
          If-None-Match: "x" & If-None-Match: TAG | 304
          If-None-Match: * | 304
          If-None-Match: "x" | 200
          If-None-Match: W/"x" | 200
          If-None-Match: w/TAG | 200
          If-None-Match: | 200
          If-None-Match: x | 200
          If-None-Match: "*" | 200
          # If-Match: strongly
          If-Match: TAG | 200
          If-Match: "x", TAG | 200
          If-Match: * | 200
          If-Match: W/TAG | 412
          If-Match: "x" | 412
          If-Match: "x" & If-Match: TAG | 200
          # dates in all three forms
          If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 304
          If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT | 304
          If-Modified-Since: Sun Nov  6 08:49:37 1994 | 304
          If-Modified-Since: Sun, 06 Nov 1994 08:49:38 GMT | 304
          If-Modified-Since: Sun, 06 Nov 2094 08:49:38 GMT | 304
          If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT | 200
          If-Modified-Since: Sunday, 06-Nov-94 08:49:36 GMT | 200
          If-Modified-Since: Sun Nov  6 08:49:36 1994 | 200
          If-Modified-Since: 1994-11-06T08:49:37Z | 200
          If-Modified-Since: Sun, 06 Nov 1994 08:49:37 +0000 | 200
          If-Modified-Since: Sun, 31 Feb 1994 08:49:37 GMT | 200
          If-Modified-Since: 0 | 200
          If-Modified-Since: | 200
          If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 200
          If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT | 412
          If-Unmodified-Since: Sunday, 06-Nov-94 08:49:36 GMT | 412
          If-Unmodified-Since: Sun Nov  6 08:49:36 1994 | 412
          If-Unmodified-Since: yesterday | 200
          # their order: tags before dates, matching before none matching
          If-Match: TAG & If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT | 200
          If-Match: "x" & If-Unmodified-Since: Sun, 06 Nov 2094 08:49:36 GMT | 412
          If-None-Match: "x" & If-Modified-Since: Sun, 06 Nov 2094 08:49:36 GMT | 200
          If-None-Match: TAG & If-Modified-Since: Sun, 06 Nov 1974 08:49:36 GMT | 304
          If-Match: "x" & If-None-Match: TAG | 412
          If-Match: TAG & If-None-Match: TAG | 304
          If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT & If-None-Match: TAG | 412
          If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT & If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 304
          # then ranges
          If-None-Match: TAG & Range: bytes=0-1 | 304
          If-None-Match: TAG & Range: bytes=99- | 304
          If-Match: "x" & Range: bytes=99- | 412
          If-Match: TAG & Range: bytes=99- | 416
          If-Match: TAG & Range: bytes=0-1 | 206
          If-None-Match: "x" & Range: bytes=0-1 | 206
          # If-Range
          If-Range: TAG & Range: bytes=0-1 | 206
          If-Range: Sun, 06 Nov 1994 08:49:37 GMT & Range: bytes=0-1 | 206
          If-Range: Sunday, 06-Nov-94 08:49:37 GMT & Range: bytes=0-1 | 206
          If-Range: W/TAG & Range: bytes=0-1 | 200
          If-Range: "x" & Range: bytes=0-1 | 200
          If-Range: * & Range: bytes=0-1 | 200
          If-Range: TAG, "x" & Range: bytes=0-1 | 200
          If-Range: Sun, 06 Nov 1994 08:49:36 GMT & Range: bytes=0-1 | 200
          If-Range: Sun, 06 Nov 1994 08:49:38 GMT & Range: bytes=0-1 | 200
          If-Range: nonsense & Range: bytes=0-1 | 200
          If-Range: "x" & Range: bytes=99- | 200
          If-Range: TAG & Range: bytes=99- | 416
          If-Range: "x" | 200
          If-Range: TAG & Range: nonsense | 200
          If-Range: TAG & Range: bytes=0-1 & If-None-Match: TAG | 304
          """)
  @Spec({"HR-10", "HR-11", "HR-13", "HR-14", "HT-23"})
  void conditions(String lines, int status) throws IOException {
    String[] fields = lines.strip().replace("TAG", tag).split(" & ", -1);
    Wire.Answer answer = http.ask("GET", "/ten.txt", fields);
    assertThat(answer.status()).isEqualTo(status);
    String expected = status == 200 ? DIGITS : status == 206 ? DIGITS.substring(0, 2) : "";
    if (status < 400) {
      assertThat(answer.text()).isEqualTo(expected);
    }
    boolean isWithoutRange = Arrays.stream(fields).noneMatch(line -> line.startsWith("Range"));
    if (isWithoutRange) {
      assertThat(http.ask("HEAD", "/ten.txt", fields).status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          /none | If-Match: "x" | 404
          /none | If-None-Match: * | 404
          /none | If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT | 404
          /none | If-Unmodified-Since: Sun, 06 Nov 1974 08:49:37 GMT | 404
          /none | Range: bytes=0-1 | 404
          /none | Range: bytes=99- | 404
          """)
  @Spec("HR-12")
  void whatIsNotThereHasNoConditions(String target, String line, int status) throws IOException {
    assertThat(http.ask("GET", target, line).status()).isEqualTo(status);
    assertThat(http.ask("HEAD", target, line).status()).isEqualTo(status);
  }

  @Test
  @Spec({"HR-15", "HT-7", "HT-22"})
  void notModifiedRepeatsWhatACacheNeeds() throws IOException {
    Wire.Answer full = http.ask("GET", "/ten.txt");
    Wire.Answer answer = http.ask("GET", "/ten.txt", "If-None-Match: *");
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.lines())
        .contains("ETag: " + tag, "Cache-Control: max-age=60")
        .contains("Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT");
    assertThat(names(answer)).contains("Date", "Server").doesNotContain("Content-Type");
    assertThat(full.fields()).containsAllEntriesOf(withoutDate(answer));
    // a length, if any, would have to be that of the 200
    assertThat(answer.field("Content-Length")).isIn("", "10");
  }

  private static java.util.Map<String, String> withoutDate(Wire.Answer answer) {
    java.util.Map<String, String> fields = new java.util.HashMap<>(answer.fields());
    fields.remove("Date");
    return fields;
  }

  private static Set<String> names(Wire.Answer answer) {
    return answer.lines().stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(':')))
        .collect(Collectors.toSet());
  }

  @Test
  @Spec({"HT-7", "HT-21", "HT-22"})
  void fieldsHaveTheirUsualCase() throws IOException {
    assertThat(names(http.ask("GET", "/ten.txt", "Range: bytes=0-1")))
        .containsExactlyInAnyOrder(
            "Date",
            "Server",
            "Last-Modified",
            "ETag",
            "Accept-Ranges",
            "X-Content-Type-Options",
            "Cache-Control",
            "Content-Type",
            "Content-Range",
            "Content-Length");
  }

  @Test
  @Spec("HT-7")
  void headSaysWhatGetWouldSay() throws IOException {
    for (String target : new String[] {"/ten.txt", "/app.js", "/none", "/"}) {
      Wire.Answer get = http.ask("GET", target);
      Wire.Answer head = http.ask("HEAD", target);
      assertThat(head.status()).as(target).isEqualTo(get.status());
      assertThat(withoutDate(head)).as(target).isEqualTo(withoutDate(get));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip | gzip
          br | br
          gzip, br | br
          gzip;q=1, br;q=0.5 | gzip
          x-gzip | gzip
          GZIP | gzip
          * | br
          *;q=0.1 | br
          br;q=0, * | gzip
          identity;q=1, gzip;q=0.5 | -
          br;q=0, gzip;q=0 | -
          deflate | -
          '' | -
          br;q=2 | -
          """)
  @Spec({"HT-25", "HR-16"})
  void codings(String accepted, String coding) throws IOException {
    Wire.Answer answer = http.ask("GET", "/app.js", "Accept-Encoding: " + accepted);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("Content-Encoding")).isEqualTo(coding.equals("-") ? "" : coding);
    assertThat(answer.field("Vary")).isEqualTo("Accept-Encoding");
    assertThat(answer.field("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(answer.text())
        .isEqualTo(
            switch (coding) {
              case "gzip" -> "gzipped";
              case "br" -> "brotli";
              default -> "plain text of some length";
            });
  }

  @Test
  @Spec({"HT-25", "HR-10", "HR-15", "HR-16"})
  void codedVariantsAreTheirOwn() throws IOException {
    String plain = http.ask("HEAD", "/app.js").field("ETag");
    String gzipped = http.ask("HEAD", "/app.js", "Accept-Encoding: gzip").field("ETag");
    String brotli = http.ask("HEAD", "/app.js", "Accept-Encoding: br").field("ETag");
    assertThat(Set.of(plain, gzipped, brotli)).hasSize(3);
    String gzip = "Accept-Encoding: gzip";
    Wire.Answer part = http.ask("GET", "/app.js", gzip, "Range: bytes=1-2", "If-Range: " + gzipped);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.text()).isEqualTo("zi");
    assertThat(part.lines()).contains("Content-Range: bytes 1-2/7", "Content-Encoding: gzip");
    Wire.Answer other = http.ask("GET", "/app.js", gzip, "Range: bytes=1-2", "If-Range: " + plain);
    assertThat(other.status()).isEqualTo(200);
    Wire.Answer same = http.ask("GET", "/app.js", gzip, "If-None-Match: " + gzipped);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.lines()).contains("Vary: Accept-Encoding", "ETag: " + gzipped);
    assertThat(http.ask("GET", "/app.js", gzip, "If-None-Match: " + plain).status()).isEqualTo(200);
    Wire.Answer refused = http.ask("GET", "/app.js", "Accept-Encoding: identity;q=0, *;q=0");
    assertThat(refused.status()).isEqualTo(406);
    assertThat(refused.field("Vary")).contains("Accept-Encoding");
  }
}
