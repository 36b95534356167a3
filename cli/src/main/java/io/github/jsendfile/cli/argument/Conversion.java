package io.github.jsendfile.cli.argument;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// From what a user typed to what it means.
public final class Conversion {
  private Conversion() {}

  /// Has picocli use `parse`, and tell the message of its `IllegalArgumentException` to the user.
  public static <T> ITypeConverter<T> by(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
