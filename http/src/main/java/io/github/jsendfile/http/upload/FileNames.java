package io.github.jsendfile.http.upload;

/// File names that come with forms. A browser may send a path of the visitor's machine, and a
/// program anything.
final class FileNames {
  private FileNames() {}

  /// The last name of a path, of Windows too, without what cannot be seen.
  ///
  /// @return a name, empty if nothing is left
  static String clean(String sent) {
    String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    StringBuilder name = new StringBuilder(last.length());
    last.codePoints().filter(FileNames::isVisible).forEach(name::appendCodePoint);
    String cleaned = name.toString().strip();
    return cleaned.equals(".") || cleaned.equals("..") ? "" : cleaned;
  }

  /// No controls, no ends of lines, nothing that turns the direction of writing.
  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT ->
          character == 0x200C || character == 0x200D; // joiners, which scripts and emoji need
      default -> true;
    };
  }

  /// The file name in a part's `Content-Disposition`, as browsers and curl write it: in quotes,
  /// UTF-8, a quote within as `%22` or behind a backslash.
  ///
  /// @return null if it is no file
  static @org.jspecify.annotations.Nullable String of(String disposition) {
    int start = disposition.indexOf("filename=\"");
    if (start < 0) {
      return null;
    }
    StringBuilder name = new StringBuilder();
    for (int i = start + "filename=\"".length(); i < disposition.length(); i++) {
      char c = disposition.charAt(i);
      boolean escapes = c == '\\' && disposition.startsWith("\"", i + 1);
      if (c == '"') {
        break;
      }
      name.append(escapes ? '"' : c);
      i += escapes ? 1 : 0;
    }
    return name.toString().replace("%22", "\"").replaceAll("(?i)%0[da]", "");
  }
}
