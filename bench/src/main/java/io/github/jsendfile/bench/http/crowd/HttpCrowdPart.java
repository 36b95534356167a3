package io.github.jsendfile.bench.http.crowd;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.http.crowd.CrowdClients.Habit;
import io.github.jsendfile.bench.server.Programs;
import io.github.jsendfile.bench.server.RunningServer;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A server with thousands of clients that do nothing, and what a new client notices of them. The
/// clients are other processes.
public final class HttpCrowdPart {
  private static final int CPU_MILLIS = 5000;
  private static final long SETTLING_NANOS = 90_000_000_000L;
  private static final long QUIET_NANOS = 20_000_000; // of CPU time in a second
  private static final long PAGE_BYTES = 4096;
  private static final int JVM_MIB = 512;

  private final Options options;
  private final Scratch scratch;

  /// For one run.
  public HttpCrowdPart(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /// Measures, and returns the text for the report.
  public String run() throws IOException, InterruptedException {
    scratch.file("small", 100);
    scratch.file("mebibyte", 1 << 20);
    scratch.file("large", 64 << 20);
    int alone = options.quick() ? 1000 : 10_000;
    int both = options.quick() ? 900 : 9000;
    String load = Machine.load();
    Table table =
        new Table(
            "idle",
            "stalled",
            "cores",
            "RSS MiB",
            "kernel TCP MiB",
            "1 MiB p50 ms",
            "p99 ms",
            "max");
    for (int[] crowd : new int[][] {{0, 0}, {alone, 0}, {0, alone}, {both, both}}) {
      row(table, crowd[0], crowd[1]);
    }
    return String.format(
        Locale.ROOT,
        """
        ## A crowd of clients over HTTP

        `./jsendfile serve` with %d MiB of heap at most; idle: answered once and kept alive; stalled: \
        asked for 64 MiB, SO_RCVBUF 16 KiB, and read nothing. Clients in processes of their own. Cores: \
        CPU time of the server over %d s. Kernel: `mem` of /proc/net/sockstat, both ends of all \
        connections of the machine. A new client connects and gets 1 MiB, 1,000 times. Load average \
        before the start: %s.

        %s""",
        JVM_MIB,
        CPU_MILLIS / 1000,
        load,
        table);
  }

  private void row(Table table, int idle, int stalled) throws IOException, InterruptedException {
    Path own = scratch.folder().resolve("server-" + idle + "-" + stalled);
    Site site = Site.atFreePort(scratch.folder(), own, Placement.ANYWHERE);
    List<ChildProcess> clients = new ArrayList<>();
    try (RunningServer server = RunningServer.start(new Serve(), site)) {
      if (idle > 0) {
        clients.add(CrowdClients.start(site.port(), idle, Habit.IDLE));
      }
      if (stalled > 0) {
        clients.add(CrowdClients.start(site.port(), stalled, Habit.STALLED));
      }
      settle(server);
      long cpu = server.cpuNanos();
      Thread.sleep(CPU_MILLIS);
      double cores = (server.cpuNanos() - cpu) / (CPU_MILLIS * 1e6);
      long kernel = kernelBytes();
      double[] millis = newcomers(site.port());
      table.row(
          Integer.toString(idle),
          Integer.toString(stalled),
          String.format(Locale.ROOT, "%.3f", cores),
          Long.toString(server.residentBytes() >> 20),
          Long.toString(kernel >> 20),
          Numbers.text(Numbers.quantile(millis, 0.5)),
          Numbers.text(Numbers.quantile(millis, 0.99)),
          Numbers.text(Numbers.quantile(millis, 1)));
      System.out.println(table);
    } finally {
      for (ChildProcess each : clients) {
        each.close();
      }
    }
  }

  /// Waits until what is on its way when clients stall has come to rest: with 10,000 of them the
  /// kernel fills its buffers for most of a minute.
  private static void settle(RunningServer server) throws InterruptedException {
    long giveUpAt = System.nanoTime() + SETTLING_NANOS;
    long before;
    do {
      before = server.cpuNanos();
      Thread.sleep(1000);
    } while (server.cpuNanos() - before > QUIET_NANOS && System.nanoTime() < giveUpAt);
  }

  /// `TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 0`
  private static long kernelBytes() {
    String line = Machine.field("/proc/net/sockstat", "TCP:").orElseThrow();
    return Long.parseLong(line.replaceFirst(".*mem (\\d+).*", "$1")) * PAGE_BYTES;
  }

  private double[] newcomers(int port) throws IOException {
    double[] millis = new double[options.quick() ? 300 : 1000];
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      try (SocketChannel client = SocketChannel.open()) {
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.write(CrowdClients.request("/mebibyte"));
        CrowdClients.read(client, buffer);
      }
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }

  /// The command, with time limits that leave the crowd alone.
  private static final class Serve implements ServerProgram {
    @Override
    public String label() {
      return "JSendfile";
    }

    @Override
    public Optional<String> version() {
      return Programs.version("./jsendfile", "--version");
    }

    @Override
    public List<String> command(Site site) {
      return List.of(
          "env",
          "JSENDFILE_OPTS=-Xmx" + JVM_MIB + "m",
          "./jsendfile",
          "serve",
          site.folder().toString(),
          "--http",
          Integer.toString(site.port()),
          "--max-connections",
          "25000",
          "--idle-timeout",
          "1h",
          "--stall-timeout",
          "1h");
    }
  }
}
