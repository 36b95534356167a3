package io.github.jsendfile.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.http.message.Heads;
import io.github.jsendfile.testkit.Spec;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("HT-47")
class GuardsTest {
  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: same-origin, true",
    "Sec-Fetch-Site: none, true",
    "Sec-Fetch-Site: same-site, false",
    "Sec-Fetch-Site: cross-site, false",
    "Sec-Fetch-Site: nonsense, false",
    "Origin: http://a:8080, true",
    "Origin: HTTP://A:8080, true",
    "Origin: http://a, false",
    "Origin: http://b:8080, false",
    "Origin: http://a:8080.evil.example, false",
    "Origin: null, false",
    "Referer: http://a:8080/folder/, true",
    "Referer: http://evil.example/a:8080, false",
    "X-Nothing: 1, true",
  })
  void onlyOurOwnPagesWrite(String field, boolean allowed) {
    String head = "PUT /x HTTP/1.1\r\nHost: a:8080\r\n" + field + "\r\nContent-Length: 0\r\n\r\n";
    assertThat(OriginGuard.allows(Heads.parse(head))).isEqualTo(allowed);
  }

  @Test
  void sayingTwoThingsThatDifferIsNotAllowed() {
    String head =
        "DELETE /x HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nSec-Fetch-Site: cross-site\r\n\r\n";
    assertThat(OriginGuard.allows(Heads.parse(head))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, true",
    "127.0.0.1, true",
    "192.168.1.7:8080, true",
    "[::1]:8080, true",
    "[fe80::1], true",
    "Box.Local:80, true",
    "app.localhost, true",
    "evil.example, false",
    "evil.example:8080, false",
    "127.0.0.1.evil.example, false",
    "box.local.evil.example, false",
    ", true",
  })
  void onlyOurOwnNamesAreAnswered(String authority, boolean ours) {
    assertThat(new OwnHosts(Set.of("box.local")).include(authority)).isEqualTo(ours);
  }
}
