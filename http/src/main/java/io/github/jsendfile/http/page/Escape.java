package io.github.jsendfile.http.page;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Names made harmless for where they are shown. A file may be called anything; nothing it is
/// called may become markup, a link elsewhere, a command to a terminal, or look like another name.
final class Escape {
  private static final String LINKABLE = "-._~!$()*,;=@";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Escape() {}

  /// For HTML, as text or inside a quoted attribute. What cannot be seen is made visible.
  static String html(String text) {
    int first = 0;
    while (first < text.length() && isPlain(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(character -> appendHtml(escaped, character));
    return escaped.toString();
  }

  private static boolean isPlain(char character) {
    return character >= ' ' && character < 0x7F && "&<>\"'".indexOf(character) < 0;
  }

  private static void appendHtml(StringBuilder escaped, int character) {
    switch (character) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> appendVisible(escaped, character);
    }
  }

  /// For a terminal, one line: no control character, nothing that turns the direction of writing.
  static String terminal(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(character -> appendVisible(escaped, character));
    return escaped.toString();
  }

  private static void appendVisible(StringBuilder escaped, int character) {
    if (character < ' ') {
      escaped.appendCodePoint(0x2400 + character); // the picture of a control character
    } else if (character == 0x7F) {
      escaped.append('\u2421');
    } else if (isInvisible(character)) {
      escaped.append("\\u").append(HEX.toHexDigits((char) character));
    } else if (Character.getType(character) == Character.SURROGATE) {
      escaped.append('\uFFFD');
    } else {
      escaped.appendCodePoint(character);
    }
  }

  /// The C1 controls, line ends that are no C0 control, and what turns the direction of writing:
  /// U+202E makes `gpj.exe` of `exe.jpg`.
  private static boolean isInvisible(int character) {
    return (character >= 0x80 && character < 0xA0)
        || (character >= 0x200E && character <= 0x200F)
        || (character >= 0x2028 && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || character == 0x061C
        || character == 0xFEFF;
  }

  /// For one segment of a path, or a value in a query: percent-encoded UTF-8. A colon too, so that
  /// `a:b` is no scheme, and a plus, which some take for a space.
  static String url(String segment) {
    StringBuilder escaped = new StringBuilder(segment.length() + 16);
    for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
      if (isLinkable((char) (octet & 0xFF))) {
        escaped.append((char) octet);
      } else {
        escaped.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return escaped.toString();
  }

  private static boolean isLinkable(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || LINKABLE.indexOf(character) >= 0;
  }
}
