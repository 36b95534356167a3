package io.github.jsendfile.bench.http.crowd;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.http.crowd.CrowdClients.Habit;
import io.github.jsendfile.bench.server.RunningServer;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A server with clients that do nothing, in processes of their own.
final class CrowdedServer implements AutoCloseable {
  static final int CPU_MILLIS = 5000;
  private static final long SETTLING_NANOS = 10_000_000_000L;
  private static final long SETTLING_NANOS_EACH = 8_000_000;
  private static final long QUIET_NANOS = 20_000_000; // of CPU time in a second

  private final RunningServer server;
  private final List<ChildProcess> clients = new ArrayList<>();

  private CrowdedServer(RunningServer server) {
    this.server = server;
  }

  /// Starts both, and waits until what is on its way when clients stall has come to rest: with
  /// 10,000 of them the kernel fills its buffers for most of a minute.
  ///
  /// @param idle how many have been answered and ask for no more
  /// @param stalled how many have asked for a large file and read nothing of it
  static CrowdedServer start(ServerProgram program, Scratch scratch, int idle, int stalled)
      throws IOException, InterruptedException {
    Site site =
        Site.atFreePort(
            scratch.folder(),
            scratch.folder().resolve(program.label() + "-" + idle + "-" + stalled),
            Placement.ANYWHERE);
    CrowdedServer crowded = new CrowdedServer(RunningServer.start(program, site));
    try {
      crowded.add(idle, Habit.IDLE);
      crowded.add(stalled, Habit.STALLED);
      crowded.settle(idle + stalled);
      return crowded;
    } catch (IOException | InterruptedException e) {
      crowded.close();
      throw e;
    }
  }

  private void add(int count, Habit habit) throws IOException {
    if (count > 0) {
      clients.add(CrowdClients.start(server.port(), count, habit));
    }
  }

  private void settle(int clients) throws InterruptedException {
    long giveUpAt = System.nanoTime() + SETTLING_NANOS + clients * SETTLING_NANOS_EACH;
    long before;
    do {
      before = server.cpuNanos();
      Thread.sleep(1000);
    } while (server.cpuNanos() - before > QUIET_NANOS && System.nanoTime() < giveUpAt);
  }

  int port() {
    return server.port();
  }

  /// How many cores the server uses, all being quiet.
  double cores() throws InterruptedException {
    long start = System.nanoTime();
    long cpu = server.cpuNanos();
    Thread.sleep(CPU_MILLIS);
    return (server.cpuNanos() - cpu) / (double) (System.nanoTime() - start);
  }

  long residentMiB() {
    return server.residentBytes() >> 20;
  }

  @Override
  public void close() throws IOException {
    try (server) {
      for (ChildProcess each : clients) {
        each.close();
      }
    }
  }
}
