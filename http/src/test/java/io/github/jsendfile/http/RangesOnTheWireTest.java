package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges as clients see them (RFC 9110, 14), one row a case.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class RangesOnTheWireTest {
  private static final String DIGITS = "0123456789";

  @TempDir private static Path root;
  private static HttpFixture http;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(root.resolve("ten.txt"), DIGITS);
    Files.writeString(root.resolve("empty"), "");
    Files.writeString(root.resolve("one"), "x");
    http = HttpFixture.over(root);
  }

  @AfterAll
  static void stop() throws IOException {
    http.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bytes=0-0 | 0-0
          bytes=0-4 | 0-4
          bytes=3-3 | 3-3
          bytes=9- | 9-9
          bytes=0- | 0-9
          bytes=5-5000 | 5-9
          bytes=000000000000000000000000000003-0000000000000000000000005 | 3-5
          bytes=2-18446744073709551616 | 2-9
          bytes=2-9223372036854775807 | 2-9
          bytes=2-9223372036854775808 | 2-9
          bytes=2-99999999999999999999999999999999999999999999999999999999 | 2-9
          bytes=-1 | 9-9
          bytes=-10 | 0-9
          bytes=-11 | 0-9
          bytes=-18446744073709551617 | 0-9
          Bytes=1-2 | 1-2
          BYTES=1-2 | 1-2
          bytes=1-2,20-30 | 1-2
          bytes=20-30,1-2 | 1-2
          bytes=-0,1-2 | 1-2
          bytes=1-2,-0,99- | 1-2
          bytes=,,1-2,, | 1-2
          bytes= 1-2 , | 1-2
          bytes=0-4,5-9 | 0-9
          bytes=0-4,4-9 | 0-9
          bytes=5-9,0-4 | 0-9
          bytes=0-,-1 | 0-9
          bytes=1-8,2-3,4-5 | 1-8
          """)
  @Spec({"HR-2", "HR-3", "HR-4", "HR-5", "HR-7", "HR-8", "HT-24"})
  void onePart(String range, String part) throws IOException {
    Wire.Answer answer = http.ask("GET", "/ten.txt", "Range: " + range);
    int first = Integer.parseInt(part.substring(0, part.indexOf('-')));
    int last = Integer.parseInt(part.substring(part.indexOf('-') + 1));
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.text()).isEqualTo(DIGITS.substring(first, last + 1));
    assertThat(answer.lines())
        .contains("Content-Range: bytes " + part + "/10", "Content-Length: " + (last - first + 1))
        .contains("Content-Type: text/plain; charset=utf-8", "Accept-Ranges: bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=10-",
        "bytes=10-10",
        "bytes=11-20",
        "bytes=-0",
        "bytes=-000",
        "bytes=10-,-0,99-100",
        "bytes=9223372036854775807-",
        "bytes=9223372036854775808-9223372036854775809",
        "bytes=99999999999999999999999999999999-",
      })
  @Spec({"HR-3", "HR-4", "HR-5", "HR-6"})
  void nothingThatTheFileHas(String range) throws IOException {
    Wire.Answer answer = http.ask("GET", "/ten.txt", "Range: " + range);
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.lines()).contains("Content-Range: bytes */10");
    assertThat(answer.field("Content-Length")).isEqualTo("" + answer.body().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seconds=1-2",
        "items=0-",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=--1",
        "bytes=5-4",
        "bytes=1-2,5-4",
        "bytes=a-b",
        "bytes=0x1-2",
        "bytes=+1-2",
        "bytes=1",
        "bytes=1-2-3",
        "bytes=1 - 2",
        "bytes=1-2;3-4",
        "bytes =1-2",
        "bytes: 1-2",
        "=1-2",
        "",
        "bytes=1-\u0662",
        "bytes=1.0-2",
        "bytes=1e1-2",
      })
  @Spec({"HR-2", "HR-7"})
  void whatIsNoRangeIsIgnored(String range) throws IOException {
    whole(http.ask("GET", "/ten.txt", "Range: " + range));
  }

  private static void whole(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(DIGITS);
    assertThat(answer.lines()).contains("Content-Length: 10");
    assertThat(answer.fields()).doesNotContainKey("Content-Range");
  }

  @Test
  @Spec("HR-7")
  void twoLinesAreNoRange() throws IOException {
    whole(http.ask("GET", "/ten.txt", "Range: bytes=0-1", "Range: bytes=4-5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1", "bytes=-1", "bytes=99-", "bytes=0-1,4-5", "x"})
  @Spec("HR-1")
  void headIsNeverAPart(String range) throws IOException {
    Wire.Answer answer = http.ask("HEAD", "/ten.txt", "Range: " + range);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.lines()).contains("Content-Length: 10");
    assertThat(answer.fields()).doesNotContainKey("Content-Range");
  }

  @Test
  @Spec("HR-1")
  void otherMethodsHaveNoParts() throws IOException {
    assertThat(http.ask("OPTIONS", "/ten.txt", "Range: bytes=0-1").status()).isEqualTo(204);
    assertThat(http.ask("DELETE", "/ten.txt", "Range: bytes=0-1").status()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bytes=0- | 416
          bytes=0-0 | 416
          bytes=1- | 416
          bytes=-0 | 416
          bytes=-5 | 200
          bytes=-5,0- | 200
          bytes=5-4 | 200
          """)
  @Spec("HR-9")
  void anEmptyFileHasNoParts(String range, int status) throws IOException {
    Wire.Answer answer = http.ask("GET", "/empty", "Range: " + range);
    assertThat(answer.status()).isEqualTo(status);
    if (status == 416) {
      assertThat(answer.lines()).contains("Content-Range: bytes */0");
    } else {
      assertThat(answer.lines()).contains("Content-Length: 0");
    }
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> sets() {
    return Stream.of(
        arguments("bytes=0-0,9-9", List.of("0-0", "9-9")),
        arguments("bytes=9-9,0-0", List.of("9-9", "0-0")),
        arguments("bytes=0-1, 3-4 ,\t6-7", List.of("0-1", "3-4", "6-7")),
        arguments("bytes=-1,0-0", List.of("9-9", "0-0")),
        arguments("bytes=5-6,0-1,6-8", List.of("5-8", "0-1")),
        arguments("bytes=0-0,2-2,4-4,6-6,8-8", List.of("0-0", "2-2", "4-4", "6-6", "8-8")),
        arguments("bytes=0-1,99-,4-5", List.of("0-1", "4-5")));
  }

  @ParameterizedTest
  @MethodSource("sets")
  @Spec({"HR-5", "HR-8", "HT-24"})
  void severalParts(String range, List<String> parts) throws IOException {
    Wire.Answer answer = http.ask("GET", "/ten.txt", "Range: " + range);
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.fields()).doesNotContainKey("Content-Range");
    String type = answer.field("Content-Type");
    assertThat(type).startsWith("multipart/byteranges; boundary=");
    String boundary = type.substring(type.indexOf('=') + 1);
    assertThat(answer.text()).isEqualTo(multipart(boundary, parts));
  }

  private static String multipart(String boundary, List<String> parts) {
    return parts.stream()
        .map(
            part ->
                "\r\n--%s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes %s/10\r\n\r\n%s"
                    .formatted(boundary, part, bytesOf(part)))
        .collect(Collectors.joining("", "", "\r\n--" + boundary + "--\r\n"));
  }

  private static String bytesOf(String part) {
    String[] ends = part.split("-", -1);
    return DIGITS.substring(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
  }

  @Test
  @Spec("HR-8")
  void overlappingRangesAreSentOnce() throws IOException {
    String thirty =
        IntStream.range(0, 30).mapToObj(i -> "0-" + i % 10).collect(Collectors.joining(","));
    Wire.Answer answer = http.ask("GET", "/ten.txt", "Range: bytes=" + thirty);
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.lines()).contains("Content-Range: bytes 0-9/10");
    assertThat(answer.text()).isEqualTo(DIGITS);
  }

  @Test
  @Spec("HR-8")
  void moreThanTheBoundIsTheWholeFile() throws IOException {
    Files.write(root.resolve("kilo"), new byte[1000]);
    assertThat(http.ask("GET", "/kilo", everyOther(200)).status()).isEqualTo(206);
    assertThat(http.ask("GET", "/kilo", everyOther(201)).status()).isEqualTo(200);
  }

  private static String everyOther(int parts) {
    return IntStream.range(0, parts)
        .mapToObj(i -> 2 * i + "-" + 2 * i)
        .collect(Collectors.joining(",", "Range: bytes=", ""));
  }

  @Test
  @Spec({"HR-3", "HT-24"})
  void partsBehindFourGigabytes() throws IOException {
    long size = 5L << 30;
    Path huge = io.github.jsendfile.testkit.OddFiles.in(root).sparse(size);
    Wire.Answer answer =
        http.ask("GET", "/" + huge.getFileName(), "Range: bytes=" + (size - 4) + "-");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).hasSize(4);
    assertThat(answer.lines())
        .contains("Content-Range: bytes " + (size - 4) + "-" + (size - 1) + "/" + size);
    assertThat(http.ask("HEAD", "/" + huge.getFileName()).lines())
        .contains("Content-Length: " + size);
  }
}
