package io.github.jsendfile.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 255, 256, 1597, 4096, 65_536, 1L << 20, 1L << 31, 1L << 32})
  void differsFromItselfShifted(long shift) {
    int same = 0;
    for (int position = 0; position < 10_000; position++) {
      if (Pattern.at(position) == Pattern.at(position + shift)) {
        same++;
      }
    }
    assertThat(same).isLessThan(100); // 1 in 256 by chance
  }
}
