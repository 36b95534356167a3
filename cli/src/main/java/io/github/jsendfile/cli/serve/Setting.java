package io.github.jsendfile.cli.serve;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// What an option says, once the command line was read.
record Setting<T>(OptionSpec option) {
  /// Of an option that always says something.
  T get() {
    return Objects.requireNonNull(value(), option.longestName());
  }

  /// Of an option that may be left out.
  Optional<T> given() {
    return Optional.ofNullable(value());
  }

  private @Nullable T value() {
    return option.getValue();
  }
}
