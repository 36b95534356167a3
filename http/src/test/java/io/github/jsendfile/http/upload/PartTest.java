package io.github.jsendfile.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("HT-41")
class PartTest {
  @ParameterizedTest
  @CsvSource({
    "bytes 0-4/10, 5, 0, false",
    "bytes 5-9/10, 5, 5, true",
    "BYTES 5-9/10, -1, 5, true",
    "bytes 0-0/1, 1, 0, true",
  })
  void whatIsAPartIsTaken(String field, long bodyLength, long first, boolean isLast) {
    Part part = Part.parse(field, bodyLength);
    assertThat(part).isNotNull();
    assertThat(part.first()).isEqualTo(first);
    assertThat(part.isLast()).isEqualTo(isLast);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes 0-4/10, 4",
    "bytes 0-4/4, 5",
    "bytes 5-4/10, 0",
    "bytes 0-4/*, 5",
    "bytes */10, 0",
    "bytes -4/10, 5",
    "lines 0-4/10, 5",
    "bytes 0-4, 5",
    "bytes 0-9999999999999999999/99999999999999999999, 5",
    "'', 5",
  })
  void whatIsNoneIsRefused(String field, long bodyLength) {
    assertThat(Part.parse(field, bodyLength)).isNull();
  }
}
