package io.github.jsendfile.http.upload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bytes of a file a PUT brings, as its `Content-Range` says (RFC 9110, 14.4 and 14.5).
///
/// @param first the position of the first
/// @param length how many they are, or [#UNKNOWN]
/// @param total of the whole file, or [#UNKNOWN]
record Part(long first, long length, long total) {
  static final long UNKNOWN = -1;

  /// Without the field.
  static final Part WHOLE = new Part(0, UNKNOWN, UNKNOWN);

  private static final Pattern FORM =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})", Pattern.CASE_INSENSITIVE);

  /// Reads the field.
  ///
  /// @param bodyLength of the request, negative if only its end will tell
  /// @return null if that is none, or not what the body has
  static @Nullable Part parse(String field, long bodyLength) {
    Matcher matcher = FORM.matcher(field);
    if (!matcher.matches()) {
      return null;
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    long total = Long.parseLong(matcher.group(3));
    long length = last - first + 1;
    boolean fits = first <= last && last < total && (bodyLength < 0 || bodyLength == length);
    return fits ? new Part(first, length, total) : null;
  }

  /// Whether the file is whole with it.
  boolean isLast() {
    return total == UNKNOWN || first + length == total;
  }
}
