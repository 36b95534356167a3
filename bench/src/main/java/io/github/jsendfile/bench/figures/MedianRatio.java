package io.github.jsendfile.bench.figures;

import static java.util.Objects.checkIndex;

import java.util.Arrays;
import java.util.Locale;

/// The median of the ratios of pairs, and an interval that contains the true one with a known
/// probability whatever the distribution is: two order statistics. Fewer than 6 pairs cannot give
/// 95 %; the interval is then all of them, and [#coverage] says what that is worth.
///
/// @param median the ratio
/// @param low where the interval begins
/// @param high where it ends
/// @param coverage how sure it is, at least 0.95 from 6 pairs on
public record MedianRatio(double median, double low, double high, double coverage) {
  private static final double WANTED_COVERAGE = 0.95;

  /// Compares pairs: the i-th of one was measured next to the i-th of the other.
  public static MedianRatio of(double[] numerators, double[] denominators) {
    if (numerators.length != denominators.length || numerators.length == 0) {
      throw new IllegalArgumentException(
          numerators.length + " and " + denominators.length + " values are no pairs");
    }
    double[] ratios = new double[numerators.length];
    Arrays.setAll(ratios, i -> numerators[i] / denominators[checkIndex(i, ratios.length)]);
    Arrays.sort(ratios);
    int rank = 0;
    while (rank + 1 < (ratios.length + 1) / 2
        && coverage(ratios.length, rank + 1) >= WANTED_COVERAGE) {
      rank++;
    }
    return new MedianRatio(
        Numbers.median(ratios),
        ratios[rank],
        ratios[ratios.length - 1 - rank],
        coverage(ratios.length, rank));
  }

  /// The probability that the median lies between the values that have `rank` smaller and `rank`
  /// larger ones: each of the n is as likely above as below it.
  private static double coverage(int n, int rank) {
    double outside = 0;
    double term = Math.pow(0.5, n); // n over 0, times 2^-n
    for (int i = 0; i <= rank; i++) {
      outside += term;
      term = term * (n - i) / (i + 1);
    }
    return 1 - 2 * outside;
  }

  /// Whether a goal is met: by the median, by no more than the interval, or not; from too few pairs
  /// nothing follows.
  public String verdict(double goal) {
    if (coverage < WANTED_COVERAGE) {
      return "too few pairs to say";
    }
    if (median <= goal) {
      return "met";
    }
    return low <= goal ? "met by the interval only" : "missed";
  }

  @Override
  public String toString() {
    String sure = coverage < WANTED_COVERAGE ? " (" + Math.round(coverage * 100) + " %)" : "";
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]%s", median, low, high, sure);
  }
}
