package io.github.jsendfile.http.message;

import org.jspecify.annotations.Nullable;

/// Where a request goes: the second word of its first line (RFC 9112, 3.2).
///
/// @param raw as it was sent
/// @param path starts with `/`, still percent-encoded; `*` in the asterisk form
/// @param query what stands behind the first `?`, null if there is none
/// @param authority host and port of the absolute form, null in the other forms
public record RequestTarget(
    String raw, String path, @Nullable String query, @Nullable String authority) {

  /// Takes a target apart, if the method may have one of its form.
  ///
  /// @return null if it is none: a CONNECT needs the authority form, only OPTIONS may have the
  ///     asterisk form, and the scheme of the absolute form is `http` or `https`
  public static @Nullable RequestTarget parse(String method, String raw) {
    if (method.equals("CONNECT")) {
      return isAuthority(raw) ? new RequestTarget(raw, "/", null, raw) : null;
    }
    if (raw.indexOf('#') >= 0) {
      return null;
    }
    if (raw.startsWith("/")) {
      return of(raw, raw, null);
    }
    if (raw.equals("*")) {
      return method.equals("OPTIONS") ? new RequestTarget(raw, raw, null, null) : null;
    }
    return absolute(raw);
  }

  /// Is it the asterisk form, which means the server and no file?
  public boolean isAsterisk() {
    return path.equals("*");
  }

  private static @Nullable RequestTarget absolute(String raw) {
    int start = afterScheme(raw);
    if (start < 0) {
      return null;
    }
    int end = start;
    while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
      end++;
    }
    String authority = raw.substring(start, end);
    String rest = raw.substring(end);
    return isAuthority(authority)
        ? of(raw, rest.startsWith("/") ? rest : "/" + rest, authority)
        : null;
  }

  private static int afterScheme(String raw) {
    if (raw.regionMatches(true, 0, "http://", 0, 7)) {
      return 7;
    }
    return raw.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
  }

  private static RequestTarget of(String raw, String pathAndQuery, @Nullable String authority) {
    int mark = pathAndQuery.indexOf('?');
    return mark < 0
        ? new RequestTarget(raw, pathAndQuery, null, authority)
        : new RequestTarget(
            raw, pathAndQuery.substring(0, mark), pathAndQuery.substring(mark + 1), authority);
  }

  /// Host and port. Names of users are refused: RFC 9110, 4.2.4 calls them a way to deceive.
  private static boolean isAuthority(String text) {
    if (text.isEmpty() || text.startsWith(":")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ("/?#@\\".indexOf(text.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
