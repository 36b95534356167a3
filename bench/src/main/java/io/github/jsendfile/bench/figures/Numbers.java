package io.github.jsendfile.bench.figures;

import java.util.Locale;

/// Statistics of a few, and how they are written.
public final class Numbers {
  private Numbers() {}

  /// The middle value, or the mean of the two in the middle.
  public static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// The value that a part of all values does not exceed: the nearest rank.
  ///
  /// @param part from 0, exclusive, to 1, the largest
  public static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }

  /// Three significant digits, never an exponent.
  public static String text(double value) {
    double magnitude = Math.abs(value);
    String format = magnitude >= 100 ? "%.0f" : magnitude >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, magnitude > 0 && magnitude < 1 ? "%.3f" : format, value);
  }
}
