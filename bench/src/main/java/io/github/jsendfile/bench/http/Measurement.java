package io.github.jsendfile.bench.http;

/// What one server did for one client in a second or so.
///
/// @param responses whole ones, or parts of very large ones
/// @param seconds how long it took
/// @param cpuSeconds what the server's processes used meanwhile
record Measurement(double responses, double seconds, double cpuSeconds) {
  double responsesPerSecond() {
    return responses / seconds;
  }

  double cpuMicrosPerResponse() {
    return cpuSeconds / responses * 1e6;
  }
}
