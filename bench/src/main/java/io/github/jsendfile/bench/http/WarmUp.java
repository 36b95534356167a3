package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.server.RunningServer;
import java.io.IOException;

/// Thousands of new connections before anything is measured.
public final class WarmUp {
  /// A JVM compiles for good what has run 5,000 times. Much runs once for a connection, and as long
  /// as it is interpreted, a virtual thread below it waits in a slower way.
  private static final int CONNECTIONS = 6000;

  private static final int AT_ONCE = 16;
  private static final int MOST_SECONDS = 4;

  private WarmUp() {}

  /// Connects and asks for a file, again and again.
  public static void connect(RunningServer server, Placement placement, String path)
      throws IOException {
    Load load = Load.wrkConnecting(placement, path, AT_ONCE);
    double connections = 0;
    for (int i = 0; i < MOST_SECONDS && connections < CONNECTIONS; i++) {
      connections += Measurement.take(load, server, 1).responses();
    }
  }
}
