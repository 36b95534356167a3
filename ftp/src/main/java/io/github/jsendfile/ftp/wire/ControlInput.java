package io.github.jsendfile.ftp.wire;

/// What a client's control connection yields next.
public sealed interface ControlInput {
  /// A line, without its end.
  record Line(String text) implements ControlInput {}

  /// A line that was longer than [ControlReader#MAX_LINE_BYTES]; it has been skipped.
  record TooLong() implements ControlInput {}

  /// A line that is not UTF-8.
  record Undecodable() implements ControlInput {}

  /// Nothing more will come.
  record End() implements ControlInput {}
}
