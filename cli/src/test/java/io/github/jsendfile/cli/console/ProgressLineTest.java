package io.github.jsendfile.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
  private static final long MIB = 1L << 20;

  private static ProgressLine line(long bytes, long total, double rate, Duration idle) {
    return new ProgressLine("disk.img", bytes, total, rate, Duration.ofSeconds(75), idle);
  }

  @Test
  void showsBarRateAndWhatIsLeft() {
    assertThat(line(256 * MIB, 1024 * MIB, 64 * MIB, Duration.ZERO).render(80))
        .isEqualTo(
            "disk.img [=====>                 ] 256 MiB/1.00 GiB   25%  64.0 MiB/s  ETA 0:12");
  }

  @Test
  void showsWhatItKnowsOfAStream() {
    assertThat(line(3 * MIB, ProgressLine.UNKNOWN, 64 * MIB, Duration.ZERO).render(80))
        .isEqualTo("disk.img 3.00 MiB  64.0 MiB/s  1:15");
  }

  @Test
  void saysThatNothingMoves() {
    assertThat(line(MIB, 2 * MIB, 0, Duration.ofSeconds(5)).render(80)).endsWith("  stalled 0:05");
    assertThat(line(MIB, 2 * MIB, 0, Duration.ofSeconds(1)).render(80)).endsWith("  ETA --:--");
  }

  @Test
  void neverShowsAllBeforeItIsAll() {
    assertThat(line(MIB * 1024 - 1, MIB * 1024, MIB, Duration.ZERO).render(80)).contains(" 99%");
    assertThat(line(MIB * 1024, MIB * 1024, MIB, Duration.ZERO).render(80)).contains("100%");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 40, 60, 79, 80, 81, 120, 300})
  void fitsTheTerminal(int columns) {
    String label = "a-file-with-a-rather-long-name-2026-11-22.tar.zst";
    for (long total : new long[] {ProgressLine.UNKNOWN, 0, 1, 900 * MIB}) {
      ProgressLine line =
          new ProgressLine(label, 450 * MIB, total, 1e9, Duration.ofHours(30), Duration.ZERO);
      assertThat(line.render(columns)).isNotEmpty().hasSizeLessThan(columns);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0:00",
    "59, 0:59",
    "61, 1:01",
    "3600, 1:00:00",
    "86399, 23:59:59",
    "400000, > 99 h"
  })
  void writesTimes(long seconds, String text) {
    assertThat(ProgressLine.clock(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
