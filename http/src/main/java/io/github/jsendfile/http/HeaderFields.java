package io.github.jsendfile.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a program may put into the head of an answer.
final class HeaderFields {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");
  private static final Set<String> OURS =
      Set.of("content-length", "transfer-encoding", "connection", "date", "server");

  private HeaderFields() {}

  static String checkName(String name) {
    if (!TOKEN.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is not the name of a header field");
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("the server itself sees to the field " + name);
    }
    return name;
  }

  static String checkValue(String name, String value) {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the value of " + name + " has characters besides those of ASCII");
    }
    return value.strip();
  }
}
