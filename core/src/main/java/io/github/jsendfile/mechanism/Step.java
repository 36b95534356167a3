package io.github.jsendfile.mechanism;

/// What came of one attempt. "Nothing moved" is never ambiguous.
public sealed interface Step {
  /// Bytes moved: at least one. `targetFull` says that the target took less than it was offered,
  /// so that another attempt now would find it full.
  record Moved(long count, boolean targetFull) implements Step {}

  /// The target takes nothing now.
  record WouldBlock() implements Step {}

  /// The file has nothing at this position.
  record EndOfFile() implements Step {}

  /// The mechanism declines, for this file and this target; nothing moved.
  record NotSupported(String reason) implements Step {}
}
