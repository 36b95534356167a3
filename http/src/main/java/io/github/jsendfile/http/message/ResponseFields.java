package io.github.jsendfile.http.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of a response's head, in their order. Immutable, and kept in the form in which they
/// are sent, so that writing them once more costs a copy.
///
/// Names are written as they are given here, in their usual case (`ETag`): old clients compare
/// them so.
public final class ResponseFields {
  /// No field at all.
  public static final ResponseFields NONE = new ResponseFields(List.of());

  private final List<Line> lines;
  private final byte[] encoded;

  private ResponseFields(List<Line> lines) {
    this.lines = lines;
    this.encoded = encode(lines);
  }

  /// Starts with no field.
  public static Builder builder() {
    return new Builder(List.of());
  }

  /// Starts with these fields.
  public Builder toBuilder() {
    return new Builder(lines);
  }

  /// The value of a field.
  ///
  /// @return the first value, or null if there is no such field
  public @Nullable String value(String name) {
    for (Line line : lines) {
      if (line.name.equalsIgnoreCase(name)) {
        return line.value;
      }
    }
    return null;
  }

  /// The names, in order.
  public List<String> names() {
    return lines.stream().map(Line::name).toList();
  }

  /// The lines as they are sent, each with its end. For the writer, which changes nothing in it.
  byte[] encoded() {
    return encoded;
  }

  @Override
  public String toString() {
    return new String(encoded, StandardCharsets.US_ASCII);
  }

  private static byte[] encode(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.name).append(": ").append(line.value).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private record Line(String name, String value) {
    Line {
      if (name.isEmpty() || !name.chars().allMatch(Line::isTokenChar)) {
        throw new IllegalArgumentException("not the name of a field: \"" + name + "\"");
      }
      if (!value.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t')) {
        throw new IllegalArgumentException("not a value in ASCII for the field " + name);
      }
    }

    private static boolean isTokenChar(int c) {
      return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  /// Puts fields together. Not for several threads.
  public static final class Builder {
    private final List<Line> lines;

    private Builder(List<Line> lines) {
      this.lines = new ArrayList<>(lines);
    }

    /// Adds a line.
    ///
    /// @throws IllegalArgumentException if the name is no token, or the value has a character that
    ///     could end the line or is not ASCII
    public Builder add(String name, String value) {
      lines.add(new Line(name, value));
      return this;
    }

    /// Adds a line if there is a value.
    public Builder addIfPresent(String name, @Nullable String value) {
      return value == null ? this : add(name, value);
    }

    /// Adds all lines of others.
    public Builder addAll(ResponseFields others) {
      lines.addAll(others.lines);
      return this;
    }

    /// Replaces all lines of this name by one, at the end.
    public Builder set(String name, String value) {
      return remove(name).add(name, value);
    }

    /// Removes all lines of this name.
    public Builder remove(String name) {
      lines.removeIf(line -> line.name.equalsIgnoreCase(name));
      return this;
    }

    /// The fields.
    public ResponseFields build() {
      return new ResponseFields(List.copyOf(lines));
    }
  }
}
