package io.github.jsendfile.ftp.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("FT-26")
class WildcardTest {
  @ParameterizedTest
  @CsvSource({
    "*, a, true",
    "*, .a, false",
    ".*, .a, true",
    "*.txt, a.txt, true",
    "*.txt, a.txt.gz, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "**, anything, true",
    "a, a, true",
    "a, ab, false",
    "'', '', true",
    "?, '', false",
  })
  void matches(String pattern, String name, boolean expected) {
    assertThat(Wildcard.of(pattern).matches(name)).isEqualTo(expected);
  }

  @Test
  void takesNoLongerForAWickedPattern() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(Wildcard.of("a*".repeat(500) + "b").matches("a".repeat(1000))).isFalse());
  }

  @Test
  void tellsAPatternFromAName() {
    assertThat(Wildcard.isIn("a*")).isTrue();
    assertThat(Wildcard.isIn("a?")).isTrue();
    assertThat(Wildcard.isIn("a[b]{c}")).isFalse();
  }
}
