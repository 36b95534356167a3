package io.github.jsendfile.http.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request's path, decoded: the names of directories and a file below the root.
///
/// Each name is one name and nothing else: not empty, not `.` or `..`, without `/`, `\` and NUL.
///
/// @param names none for the root
/// @param endsWithSlash does it ask for a directory?
public record RequestPath(List<String> names, boolean endsWithSlash) {
  private static final String UNRESERVED = "-._~!$'()*+,;=:@";

  /// Copies the list.
  public RequestPath {
    names = List.copyOf(names);
  }

  /// Decodes a path, once. Several slashes count as one, so that no path looks like the name of
  /// another server when it is sent back.
  ///
  /// @param path percent-encoded, as in [RequestTarget#path()]
  /// @return null if it is refused with 400: dot segments in any spelling (whoever sends them does
  ///     not normalise as RFC 3986, 5.2.4 demands), an encoded `/`, a `\` or a NUL, however
  ///     written, a broken escape, bytes that are not UTF-8
  public static @Nullable RequestPath decode(String path) {
    if (!path.startsWith("/")) {
      return null;
    }
    List<String> names = new ArrayList<>();
    int start = 1;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (end > start) {
        String name = decodedName(path.substring(start, end));
        if (name == null || !isName(name)) {
          return null;
        }
        names.add(name);
      }
      start = end + 1;
    }
    return new RequestPath(names, path.endsWith("/"));
  }

  /// The path in a form that can be sent: percent-encoded, in ASCII.
  public String encoded() {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append('/').append(encode(name));
    }
    return text.append(endsWithSlash || names.isEmpty() ? "/" : "").toString();
  }

  /// A name in a form that can stand in a path or a relative reference.
  public static String encode(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        text.append(c);
      } else {
        text.append('%').append(hexDigit(c >> 4)).append(hexDigit(c & 0xf));
      }
    }
    return text.toString();
  }

  /// Letters, digits and what RFC 3986, 3.3 lets stand in a segment, but for `&`, which would need
  /// a second escape in HTML.
  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }

  private static char hexDigit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }

  private static boolean isName(String name) {
    return !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0
        && name.indexOf('\0') < 0;
  }

  private static @Nullable String decodedName(String segment) {
    return isPlainText(segment) ? segment : decodedEscapes(segment);
  }

  private static boolean isPlainText(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) == '%' || segment.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String decodedEscapes(String segment) {
    byte[] sent = segment.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(sent.length);
    for (int i = 0; i < sent.length; i++) {
      if (sent[i] != '%') {
        decoded.put(sent[i]);
        continue;
      }
      int value = i + 2 < sent.length ? escape(sent[i + 1], sent[i + 2]) : -1;
      if (value < 0) {
        return null;
      }
      decoded.put((byte) value);
      i += 2;
    }
    return utf8(decoded.flip());
  }

  private static int escape(byte high, byte low) {
    int value = Character.digit(high, 16) << 4 | Character.digit(low, 16);
    return value < 0 ? -1 : value;
  }

  /// Strictly: no overlong forms, no surrogates.
  private static @Nullable String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
