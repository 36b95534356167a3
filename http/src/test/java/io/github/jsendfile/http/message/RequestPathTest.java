package io.github.jsendfile.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Spec("HT-20")
class RequestPathTest {
  @ParameterizedTest
  @CsvSource({
    "/, '', true",
    "/a, a, false",
    "/a/, a, true",
    "/a/b, a|b, false",
    "//a///b//, a|b, true",
    "/a%20b, 'a b', false",
    "/%41, A, false",
    "/%c3%a9, \u00e9, false",
    "/\u00e9, \u00e9, false",
    "/%F0%9F%98%80, \ud83d\ude00, false",
    "/a+b;c=d&e, a+b;c=d&e, false",
    "/%25, %, false",
    "/%252e%252e, %2e%2e, false",
    "/..., ..., false",
    "/..a, ..a, false",
    "/a.., a.., false",
    "/.hidden, .hidden, false",
    "/..%3bx, ..;x, false",
    "/a:b, a:b, false",
  })
  void decodesOnce(String path, String names, boolean slash) {
    RequestPath decoded = RequestPath.decode(path);
    assertThat(decoded).isNotNull();
    assertThat(String.join("|", decoded.names())).isEqualTo(names);
    assertThat(decoded.endsWithSlash()).isEqualTo(slash);
  }

  /// Every spelling of the characters, at every place.
  static Stream<String> dotSegments() {
    List<String> dots = List.of(".", "%2e", "%2E");
    Stream<String> single = dots.stream();
    Stream<String> twice = dots.stream().flatMap(a -> dots.stream().map(b -> a + b));
    return Stream.concat(single, twice)
        .flatMap(
            segment ->
                Stream.of(
                        "/%s", "/%s/", "/%s/etc/passwd", "/a/%s", "/a/%s/b", "//%s//b", "/a/b/%s/c")
                    .map(form -> form.formatted(segment)));
  }

  @ParameterizedTest
  @MethodSource("dotSegments")
  void refusesDotSegments(String path) {
    assertThat(RequestPath.decode(path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "/a%00",
        "/a%00.txt",
        "/a%2fb",
        "/a%2Fb",
        "/..%2f..%2fetc/passwd",
        "/%2f",
        "/a%5cb",
        "/a%5Cb",
        "/a\\b",
        "/..\\..\\etc",
        "/..%5c..%5cetc",
        "/%",
        "/%4",
        "/a%zz",
        "/a%4",
        "/a%-1",
        "/a%+1",
        "/a% 1",
        "/%u0041",
        "/%c0%ae%c0%ae/etc",
        "/%e0%80%ae",
        "/%c0%af",
        "/%c3",
        "/%c3%28",
        "/%ff",
        "/%ed%a0%80",
        "/%f4%90%80%80",
        "/%f8%88%80%80%80",
      })
  void refuses(String path) {
    assertThat(RequestPath.decode(path)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "//, /",
    "//evil.org/, /evil.org/",
    "/a%20b/, /a%20b/",
    "/\u00e9, /%C3%A9",
    "/%22%3C%3E%26%23%3f%25, /%22%3C%3E%26%23%3F%25",
    "/a'b, /a'b",
    "/%0d%0aX:y, /%0D%0AX:y",
  })
  void encodesForSending(String path, String encoded) {
    RequestPath decoded = RequestPath.decode(path);
    assertThat(decoded).isNotNull();
    assertThat(decoded.encoded()).isEqualTo(encoded);
    assertThat(RequestPath.decode(encoded)).isEqualTo(decoded.names().isEmpty() ? ROOT : decoded);
  }

  private static final RequestPath ROOT = new RequestPath(List.of(), true);

  @Test
  void everyCharacterSurvivesTheWayThereAndBack() {
    for (char c = 1; c < 0x250; c++) {
      if (c != '/' && c != '\\') {
        String name = "a" + c;
        assertThat(RequestPath.decode("/" + RequestPath.encode(name)))
            .isEqualTo(new RequestPath(List.of(name), false));
      }
    }
  }
}
