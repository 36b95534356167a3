package io.github.jsendfile.cli.argument;

import java.util.Locale;

/// Bytes a second as a person writes them: a [ByteSize], with `/s` behind it or not.
///
/// @param bytesPerSecond 1 or more
public record Rate(long bytesPerSecond) {
  /// Reads a rate.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the user
  public static Rate parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String size = lower.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
    long bytes = ByteSize.parse(size).bytes();
    if (bytes == 0) {
      throw new IllegalArgumentException("a rate of 0 would never end; leave the option out");
    }
    return new Rate(bytes);
  }
}
