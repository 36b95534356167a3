package io.github.jsendfile.bench.large;

/// What some bytes cost.
///
/// @param bytes how many
/// @param threadNanos CPU time of the sending thread
/// @param processNanos CPU time of the sending process
/// @param elapsedNanos time on the wall
public record Sample(long bytes, long threadNanos, long processNanos, long elapsedNanos) {
  /// Reads what sending programs print: the four numbers.
  static Sample parse(String line) {
    String[] words = line.split(" ", -1);
    return new Sample(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }

  @Override
  public String toString() {
    return bytes + " " + threadNanos + " " + processNanos + " " + elapsedNanos;
  }

  Sample plus(Sample other) {
    return new Sample(
        bytes + other.bytes,
        threadNanos + other.threadNanos,
        processNanos + other.processNanos,
        elapsedNanos + other.elapsedNanos);
  }

  /// CPU seconds of the sending thread per 10^9 bytes.
  double threadSecondsPerGb() {
    return (double) threadNanos / bytes;
  }

  /// CPU seconds of the sending process per 10^9 bytes.
  double processSecondsPerGb() {
    return (double) processNanos / bytes;
  }

  /// 10^9 bytes a second.
  double gbPerSecond() {
    return (double) bytes / elapsedNanos;
  }
}
