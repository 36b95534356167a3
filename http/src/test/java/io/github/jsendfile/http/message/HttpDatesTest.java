package io.github.jsendfile.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Spec("HR-13")
class HttpDatesTest {
  private static final long NOW = Instant.parse("2026-11-24T00:00:00Z").getEpochSecond();

  @ParameterizedTest
  @CsvSource({
    "'Sun, 06 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
    "'Sunday, 06-Nov-94 08:49:37 GMT', 1994-11-06T08:49:37Z",
    "'Sun Nov  6 08:49:37 1994', 1994-11-06T08:49:37Z",
    "'Wed Nov 16 08:49:37 1994', 1994-11-16T08:49:37Z",
    "'Thu, 01 Jan 1970 00:00:00 GMT', 1970-01-01T00:00:00Z",
    "'Fri, 31 Dec 9999 23:59:59 GMT', 9999-12-31T23:59:59Z",
    "'Mon, 29 Feb 2016 12:00:00 GMT', 2016-02-29T12:00:00Z",
    "'Sat, 31 Dec 2016 23:59:60 GMT', 2017-01-01T00:00:00Z",
    "'Monday, 23-Nov-76 00:00:00 GMT', 2076-11-23T00:00:00Z",
    "'Tuesday, 24-Nov-76 00:00:00 GMT', 2076-11-24T00:00:00Z",
    "'Wednesday, 24-Nov-76 00:00:01 GMT', 1976-11-24T00:00:01Z",
    "'Wednesday, 25-Nov-76 00:00:00 GMT', 1976-11-25T00:00:00Z",
    "'Saturday, 01-Jan-00 00:00:00 GMT', 2000-01-01T00:00:00Z",
  })
  void readsTheThreeForms(String text, Instant date) {
    assertThat(HttpDates.parse(text, NOW)).hasValue(date.getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "784111777",
        "yesterday",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT; length=3",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sun 06 Nov 1994 08:49:37 GMT",
        "Foo, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06 Nov 94 08:49:37 GMT",
        "Sat, 01 Jan 0000 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:60 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov 06 08:49:37 1994 GMT",
        "Sun Nov  6 08:49:37 94",
        "Sun, \u0660\u0666 Nov 1994 08:49:37 GMT",
      })
  void whatIsNoDateIsNone(String text) {
    assertThat(HttpDates.parse(text, NOW)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void writesWhatTheJdkWritesAndReadsItBack() {
    DateTimeFormatter oracle =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    for (long seconds = 0; seconds < 4_102_444_800L; seconds += 1_234_567) {
      String text = HttpDates.format(seconds);
      assertThat(text).isEqualTo(oracle.format(Instant.ofEpochSecond(seconds)));
      assertThat(HttpDates.parse(text, NOW)).hasValue(seconds);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 'Wed, 31 Dec 1969 23:59:59 GMT'",
    "-9223372036854775808, 'Mon, 01 Jan 0001 00:00:00 GMT'",
    "9223372036854775807, 'Fri, 31 Dec 9999 23:59:59 GMT'",
  })
  void writesFourDigitsOfAnyYear(long seconds, String text) {
    assertThat(HttpDates.format(seconds)).isEqualTo(text).hasSize(HttpDates.LENGTH);
  }
}
