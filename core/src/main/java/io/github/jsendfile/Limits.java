package io.github.jsendfile;

import java.time.Duration;

/// What both builders ask of their durations.
final class Limits {
  private Limits() {}

  static Duration positive(String option, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(option + " is " + value + "; it must be more than zero");
    }
    return value;
  }

  static Duration notNegative(String option, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(option + " is " + value + "; it cannot be negative");
    }
    return value;
  }
}
