package io.github.jsendfile.ftp.listing;

/// Keeps a name on its line.
public final class OneLine {
  private OneLine() {}

  /// The text with each control character shown as `?`, as `ls` does: a name with a line break
  /// would otherwise be read as two lines, the second of a stranger's choice.
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return replace(text);
      }
    }
    return text;
  }

  private static String replace(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      shown.append(isControl(text.charAt(i)) ? '?' : text.charAt(i));
    }
    return shown.toString();
  }

  private static boolean isControl(char c) {
    return c < ' ' || c == 0x7f;
  }
}
