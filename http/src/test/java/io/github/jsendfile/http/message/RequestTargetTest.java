package io.github.jsendfile.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("HT-2")
class RequestTargetTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET, /, /, -, -",
        "GET, /a/b%20c, /a/b%20c, -, -",
        "GET, /a?, /a, '', -",
        "GET, /a?b?c, /a, b?c, -",
        "GET, //evil.org/x, //evil.org/x, -, -",
        "GET, http://h, /, -, h",
        "GET, http://h?q, /, q, h",
        "GET, HTTP://h:80/a?q, /a, q, h:80",
        "GET, https://[::1]:8443/a, /a, -, [::1]:8443",
        "GET, /http://h/, /http://h/, -, -",
        "OPTIONS, *, *, -, -",
        "OPTIONS, /a, /a, -, -",
        "CONNECT, h:443, /, -, h:443",
      })
  void takesTargetsApart(String method, String raw, String path, String query, String authority) {
    assertThat(RequestTarget.parse(method, raw))
        .isEqualTo(new RequestTarget(raw, path, query, authority));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, *",
    "HEAD, *",
    "GET, a",
    "GET, h:443",
    "GET, ?a",
    "GET, /a#b",
    "GET, /a?b#c",
    "GET, http:///a",
    "GET, http://:80/a",
    "GET, http://u@h/a",
    "GET, http://u:p@h/",
    "GET, http:/h/a",
    "GET, ftp://h/a",
    "GET, file:///etc/passwd",
    "GET, http://h\\a/",
    "OPTIONS, **",
    "CONNECT, /",
    "CONNECT, http://h/",
  })
  void refusesOtherForms(String method, String raw) {
    assertThat(RequestTarget.parse(method, raw)).isNull();
  }
}
