package io.github.jsendfile.http.plan;

import static io.github.jsendfile.http.message.Heads.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.testkit.Spec;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Conditions against the tag `"a,b"` and the date of 1 November 2026, 10:00, and against nothing.
class PreconditionsTest {
  private static final Validators CURRENT =
      new Validators("\"a,b\"", Instant.parse("2026-11-01T10:00:00Z").getEpochSecond());

  private final Preconditions preconditions =
      new Preconditions(new HttpClock(() -> Instant.parse("2026-11-24T00:00:00Z")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a,b\"               | PROCEED",
        "*                     | PROCEED",
        "\"x\", \"a,b\"        | PROCEED",
        "\"x\",\"a,b\",\"y\"   | PROCEED",
        ", ,\"a,b\", ,         | PROCEED",
        "W/\"a,b\"             | FAILED",
        "\"x\", W/\"a,b\"      | FAILED",
        "\"x\"                 | FAILED",
        "a,b                   | FAILED",
        "\"a\", \"b\"          | FAILED",
        "\"a,b                 | FAILED",
        "\"A,B\"               | FAILED",
        "\"*\"                 | FAILED",
        "\"x\", *              | FAILED",
      })
  @Spec("HR-13")
  void ifMatchComparesStrongly(String tags, Preconditions.Outcome outcome) {
    for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE"}) {
      assertThat(preconditions.evaluate(request(method, "If-Match: " + tags), CURRENT))
          .as(method)
          .isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a,b\"               | true",
        "W/\"a,b\"             | true",
        "*                     | true",
        "\"x\", W/\"a,b\"      | true",
        "W/\"x\",\"a,b\"       | true",
        ", ,\"a,b\",           | true",
        "\"x\"                 | false",
        "w/\"a,b\"             | false",
        "W/ \"a,b\"            | false",
        "a,b                   | false",
        "\"a\", \"b\"          | false",
        "\"x\", *              | false",
      })
  @Spec("HR-13")
  void ifNoneMatchComparesWeakly(String tags, boolean matches) {
    String line = "If-None-Match: " + tags;
    assertThat(preconditions.evaluate(request("GET", line), CURRENT))
        .isEqualTo(matches ? Preconditions.Outcome.NOT_MODIFIED : Preconditions.Outcome.PROCEED);
    assertThat(preconditions.evaluate(request("PUT", line), CURRENT))
        .isEqualTo(matches ? Preconditions.Outcome.FAILED : Preconditions.Outcome.PROCEED);
  }

  @Test
  @Spec("HR-13")
  void tagsInSeveralLinesAreOneList() {
    assertThat(
            preconditions.evaluate(
                request("GET", "If-None-Match: \"x\"", "If-None-Match: \"a,b\""), CURRENT))
        .isEqualTo(Preconditions.Outcome.NOT_MODIFIED);
  }

  @ParameterizedTest
  @CsvSource({
    "If-Match: *, FAILED",
    "If-Match: \"a\", FAILED",
    "If-None-Match: *, PROCEED",
    "If-None-Match: \"a\", PROCEED",
    "'If-Unmodified-Since: Mon, 02 Nov 2026 00:00:00 GMT', FAILED",
    "'If-Modified-Since: Mon, 02 Nov 2026 00:00:00 GMT', PROCEED",
    "X: y, PROCEED",
  })
  @Spec("HR-11")
  void whereThereIsNothingYet(String line, Preconditions.Outcome outcome) {
    assertThat(preconditions.evaluate(request("PUT", line), null)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 01 Nov 2026 09:59:59 GMT', FAILED",
    "'Sun, 01 Nov 2026 10:00:00 GMT', PROCEED",
    "'Sun, 01 Nov 2026 10:00:01 GMT', PROCEED",
    "nonsense, PROCEED",
    "'Sun, 01 Nov 2026 09:59:59 GMT, Sun, 01 Nov 2026 09:59:59 GMT', PROCEED",
  })
  @Spec({"HR-11", "HR-13"})
  void ifUnmodifiedSince(String date, Preconditions.Outcome outcome) {
    for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE"}) {
      assertThat(preconditions.evaluate(request(method, "If-Unmodified-Since: " + date), CURRENT))
          .isEqualTo(outcome);
    }
  }

  @Test
  @Spec("HR-11")
  void ifModifiedSinceIsForReadersOnly() {
    String line = "If-Modified-Since: Mon, 02 Nov 2026 00:00:00 GMT";
    assertThat(preconditions.evaluate(request("GET", line), CURRENT))
        .isEqualTo(Preconditions.Outcome.NOT_MODIFIED);
    assertThat(preconditions.evaluate(request("DELETE", line), CURRENT))
        .isEqualTo(Preconditions.Outcome.PROCEED);
  }
}
