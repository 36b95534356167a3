package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.CpuClock;
import io.github.jsendfile.bench.server.RunningServer;
import java.io.IOException;

/// What one server did for one client in a second or so.
///
/// @param responses whole ones, or parts of very large ones
/// @param seconds how long it took
/// @param cpuSeconds what the server's processes used meanwhile
/// @param clientSeconds what the client used
public record Measurement(
    double responses, double seconds, double cpuSeconds, double clientSeconds) {
  /// Has the client ask for a while.
  public static Measurement take(Load load, RunningServer server, int seconds) throws IOException {
    long before = server.cpuNanos();
    long clients = CpuClock.endedChildrenNanos();
    Load.Yield got = load.run(server.port(), seconds);
    return new Measurement(
        got.responses(),
        got.seconds(),
        (server.cpuNanos() - before) / 1e9,
        (CpuClock.endedChildrenNanos() - clients) / 1e9);
  }

  /// How fast.
  public double responsesPerSecond() {
    return responses / seconds;
  }

  /// How dear.
  public double cpuMicrosPerResponse() {
    return cpuSeconds / responses * 1e6;
  }

  /// How dear for server and client together.
  public double cpuMicrosOfBoth() {
    return (cpuSeconds + clientSeconds) / responses * 1e6;
  }
}
