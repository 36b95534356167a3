package io.github.jsendfile.cli.argument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLimitTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "30, PT30S",
    "1.5, PT1.5S",
    "0.25s, PT0.25S",
    "2m, PT2M",
    "1m30s, PT1M30S",
    "1.5h, PT1H30M",
    "1h, PT1H",
    "2d, PT48H",
    "999999999d, PT23999999976H",
  })
  void reads(String text, Duration duration) {
    assertThat(TimeLimit.parse(text).duration()).contains(duration);
    assertThat(TimeLimit.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0s", "none", "0m0s"})
  void readsNoLimit(String text) {
    assertThat(TimeLimit.parse(text).duration()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "soon",
        "10x",
        "10 s",
        "1m30",
        "30sm",
        "1.2345s",
        "-1s",
        "-5",
        "1e3s",
        "10S",
        "9999999999s",
      })
  void refuses(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeLimit.parse(text))
        .withMessageContaining("\"" + text + "\"");
  }
}
