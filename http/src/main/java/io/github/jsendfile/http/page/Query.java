package io.github.jsendfile.http.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parameters of a query, or of a form sent as `application/x-www-form-urlencoded`. Read
/// leniently: what cannot be decoded stands for itself, the first of two equal names counts.
public final class Query {
  /// Without a parameter.
  public static final Query NONE = new Query(Map.of());

  private final Map<String, String> parameters;

  private Query(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /// Reads a query.
  ///
  /// @param text what stands behind the question mark, or null
  public static Query parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return NONE;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.putIfAbsent(decode(name), decode(value));
    }
    return new Query(parameters);
  }

  /// Whether a parameter is there, with a value or without.
  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /// The value of a parameter.
  public Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    byte[] to = new byte[from.length];
    int length = 0;
    for (int i = 0; i < from.length; i++) {
      int escaped = from[i] == '%' ? octet(from, i + 1) : -1;
      if (escaped >= 0) {
        i += 2;
      }
      to[length++] = escaped >= 0 ? (byte) escaped : from[i] == '+' ? (byte) ' ' : from[i];
    }
    return new String(to, 0, length, StandardCharsets.UTF_8);
  }

  private static int octet(byte[] text, int position) {
    if (position + 1 >= text.length) {
      return -1;
    }
    int high = Character.digit(text[position], 16);
    int low = Character.digit(text[position + 1], 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
