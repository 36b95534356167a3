package io.github.jsendfile.http.plan;

import java.time.Instant;
import java.util.function.Predicate;

/// The name of one version of a representation, and lists of such names (RFC 9110, 8.8.3).
final class EntityTag {
  private static final String WEAK = "W/";

  private EntityTag() {}

  /// A strong tag: file systems tell modification times in nanoseconds, and size and time are the
  /// same on every copy of a tree that was made with its times. A coded variant has one of its own.
  static String of(Variant variant) {
    Instant modified = variant.lastModified();
    String version =
        hex(modified.getEpochSecond()) + "." + hex(modified.getNano()) + "-" + hex(variant.size());
    return variant.coding() == ContentCoding.IDENTITY
        ? '"' + version + '"'
        : '"' + version + "-" + variant.coding().token() + '"';
  }

  private static String hex(long number) {
    return Long.toHexString(number);
  }

  /// Is it the same by strong comparison? A weak tag never is.
  static boolean isStrongly(String tag, String own) {
    return tag.equals(own);
  }

  /// Is it the same by weak comparison?
  static boolean isWeakly(String tag, String own) {
    return tag.equals(own) || (tag.startsWith(WEAK) && own.equals(tag.substring(WEAK.length())));
  }

  /// Does any member of a list match? What is no entity tag in it matches nothing, and neither
  /// does what stands behind it up to the next comma.
  static boolean anyOf(String list, Predicate<String> matches) {
    int position = 0;
    while (position < list.length()) {
      int end = endOfMember(list, position);
      if (matches.test(list.substring(position, end).strip())) {
        return true;
      }
      position = end + 1;
    }
    return false;
  }

  /// The position of the comma behind the member. Commas within quotes are part of a tag.
  private static int endOfMember(String list, int start) {
    boolean quoted = false;
    for (int i = start; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    return list.length();
  }
}
