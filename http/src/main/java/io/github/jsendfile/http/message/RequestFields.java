package io.github.jsendfile.http.message;

import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// The fields of a request's head, in their order. Immutable.
///
/// Names are compared without regard to case. Several lines of one name count as one, joined by
/// commas (RFC 9110, 5.3).
public final class RequestFields {
  /// No field at all.
  public static final RequestFields NONE = new RequestFields();

  private final HttpField[] lines;

  /// Takes over the array.
  RequestFields(HttpField... lines) {
    this.lines = lines;
  }

  /// The value of a field.
  ///
  /// @return the value without white space around it, or null if there is no such field
  public @Nullable String value(HttpHeader name) {
    String value = null;
    for (HttpField line : lines) {
      if (line.getHeader() == name) {
        value = joined(value, line);
      }
    }
    return value;
  }

  /// The value of a field that has no constant.
  ///
  /// @return the value without white space around it, or null if there is no such field
  public @Nullable String value(String name) {
    String value = null;
    for (HttpField line : lines) {
      if (line.getName().equalsIgnoreCase(name)) {
        value = joined(value, line);
      }
    }
    return value;
  }

  /// Is there such a field?
  public boolean has(HttpHeader name) {
    for (HttpField line : lines) {
      if (line.getHeader() == name) {
        return true;
      }
    }
    return false;
  }

  /// Is a token a member of a field that is a list, whatever its case?
  public boolean contains(HttpHeader name, String token) {
    String value = value(name);
    return value != null && HttpField.contains(value.toLowerCase(Locale.ROOT), token);
  }

  /// How many lines there are.
  public int size() {
    return lines.length;
  }

  /// A line's name as it was sent.
  public String nameOf(int line) {
    return lines[line].getName();
  }

  /// A line's value.
  public String valueOf(int line) {
    return textOf(lines[line]);
  }

  private static String joined(@Nullable String before, HttpField line) {
    return before == null ? textOf(line) : before + ", " + textOf(line);
  }

  private static String textOf(HttpField line) {
    String value = line.getValue();
    return value == null ? "" : value;
  }
}
