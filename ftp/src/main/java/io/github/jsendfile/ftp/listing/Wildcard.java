package io.github.jsendfile.ftp.listing;

/// A pattern of the shell: `*`, `?`. A name that begins with a dot is matched by one that does.
/// Takes time proportional to the product of the lengths, whatever a client sends.
public final class Wildcard {
  private final String pattern;

  private Wildcard(String pattern) {
    this.pattern = pattern;
  }

  /// Whether a text is a pattern.
  public static boolean isIn(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /// Reads a pattern.
  public static Wildcard of(String pattern) {
    return new Wildcard(pattern);
  }

  /// Whether a name matches all of it.
  public boolean matches(String name) {
    if (name.startsWith(".") && !pattern.startsWith(".")) {
      return false;
    }
    int star = -1;
    int afterStar = 0;
    int p = 0;
    int n = 0;
    while (n < name.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
      if (wanted == '*') {
        star = p++;
        afterStar = n;
      } else if (p < pattern.length() && (wanted == '?' || wanted == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1; // the star takes one more
        n = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
