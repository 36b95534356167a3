package io.github.jsendfile.ftp.wire;

import io.github.jsendfile.ftp.listing.OneLine;
import java.util.ArrayList;
import java.util.List;

/// One reply (RFC 959 §4.2).
///
/// @param code three digits
/// @param lines its text; more than one makes it a multi-line reply
public record Reply(int code, List<String> lines) {
  static final String LINE_END = "\r\n";

  public static Reply of(int code, String text) {
    return new Reply(code, List.of(text));
  }

  /// A reply whose lines in the middle begin with a space, so that none looks like its end.
  public static Reply of(int code, String first, List<String> middle, String last) {
    List<String> lines = new ArrayList<>(middle.size() + 2);
    lines.add(first);
    middle.forEach(line -> lines.add(" " + line));
    lines.add(last);
    return new Reply(code, lines);
  }

  /// What a client reads of it first, for logs.
  public String text() {
    return lines.getFirst();
  }

  /// Whether it says that something was refused or failed.
  boolean isFailure() {
    return code >= 400;
  }

  /// As it goes over the wire. A line break inside a text, of a file's name perhaps, would begin
  /// a reply of its own.
  public String onTheWire() {
    StringBuilder wire = new StringBuilder();
    int last = lines.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (i == 0 || i == last) {
        wire.append(code).append(i == last ? ' ' : '-');
      }
      wire.append(OneLine.of(lines.get(i))).append(LINE_END);
    }
    return wire.toString();
  }
}
