package io.github.jsendfile.http.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("HT-1")
class MethodRulesTest {
  private static final String READING = "GET, HEAD, OPTIONS";

  @ParameterizedTest
  @CsvSource({
    "READ_ONLY, GET, 0",
    "READ_ONLY, HEAD, 0",
    "READ_ONLY, OPTIONS, 204",
    "READ_ONLY, PUT, 405",
    "READ_ONLY, POST, 405",
    "READ_ONLY, DELETE, 405",
    "READ_ONLY, MKCOL, 405",
    "READ_ONLY, PATCH, 405",
    "READ_ONLY, TRACE, 405",
    "READ_ONLY, CONNECT, 405",
    "READ_ONLY, PROPFIND, 405",
    "READ_ONLY, FOO, 501",
    "READ_ONLY, get, 501",
    "WITH_UPLOADS, GET, 0",
    "WITH_UPLOADS, PUT, 0",
    "WITH_UPLOADS, POST, 0",
    "WITH_UPLOADS, DELETE, 0",
    "WITH_UPLOADS, MKCOL, 0",
    "WITH_UPLOADS, OPTIONS, 204",
    "WITH_UPLOADS, PATCH, 405",
    "WITH_UPLOADS, FOO, 501",
  })
  void answersToMethods(MethodRules rules, String method, int status) {
    Plan answer = rules.answer(method);
    assertThat(answer == null ? 0 : answer.status()).isEqualTo(status);
    if (status == 204 || status == 405) {
      String allowed =
          rules == MethodRules.READ_ONLY ? READING : READING + ", PUT, POST, DELETE, MKCOL";
      assertThat(answer.fields().value("Allow")).isEqualTo(allowed);
    }
  }
}
