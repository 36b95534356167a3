package io.github.jsendfile.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MedianRatioTest {
  /// The textbook's ranks for 15: the 4th and the 12th value, 96.5 %.
  @Test
  void fifteenPairsGiveTheFourthAndTheTwelfth() {
    double[] values = new double[15];
    double[] ones = new double[15];
    Arrays.setAll(values, i -> 15 - i);
    Arrays.fill(ones, 1);

    MedianRatio ratio = MedianRatio.of(values, ones);

    assertThat(ratio.median()).isEqualTo(8);
    assertThat(ratio.low()).isEqualTo(4);
    assertThat(ratio.high()).isEqualTo(12);
    assertThat(ratio.coverage()).isCloseTo(0.9648, within(0.0001));
    assertThat(ratio).hasToString("8.00 [4.00, 12.00]");
  }

  @Test
  void pairsAreComparedWithinTheirRound() {
    MedianRatio ratio = MedianRatio.of(new double[] {1, 20, 3}, new double[] {2, 40, 6});

    assertThat(ratio.median()).isEqualTo(0.5);
    assertThat(ratio.low()).isEqualTo(ratio.high());
  }

  @Test
  void tooFewPairsSayWhatTheyAreWorth() {
    MedianRatio ratio = MedianRatio.of(new double[] {1, 2, 3, 4, 5}, new double[] {1, 1, 1, 1, 1});

    assertThat(ratio).hasToString("3.00 [1.00, 5.00] (94 %)");
  }

  @Test
  void aVerdictSaysWhatItRestsOn() {
    MedianRatio ratio = new MedianRatio(1.06, 1.04, 1.08, 0.96);

    assertThat(ratio.verdict(1.06)).isEqualTo("met");
    assertThat(ratio.verdict(1.05)).isEqualTo("met by the interval only");
    assertThat(ratio.verdict(1.03)).isEqualTo("missed");
    assertThat(new MedianRatio(0.39, 0.20, 0.44, 0.94).verdict(0.20))
        .isEqualTo("too few pairs to say");
  }

  @Test
  void whatIsNoPairIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MedianRatio.of(new double[1], new double[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MedianRatio.of(new double[0], new double[0]));
  }
}
