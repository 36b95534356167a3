package io.github.jsendfile.bench.http.crowd;

import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.Table;
import java.io.IOException;
import java.util.Locale;

/// Servers with thousands of clients that do nothing, and what a new client notices of them.
public final class HttpCrowdPart {
  private static final long PAGE_BYTES = 4096;

  private final Options options;
  private final Scratch scratch;
  private final Report report;

  /// For one run.
  public HttpCrowdPart(Options options, Scratch scratch, Report report) {
    this.options = options;
    this.scratch = scratch;
    this.report = report;
  }

  /// Measures, and writes the report.
  public void run() throws IOException, InterruptedException {
    scratch.file("small", 100);
    scratch.file("mebibyte", 1 << 20);
    scratch.file("large", 64 << 20);
    if (options.only().isEmpty()) {
      report.put(Options.Part.HTTP_CROWD, "crowd", idleAndStalled());
    }
    report.put(
        Options.Part.HTTP_CROWD, "stalled", new StalledClients(options, scratch).run(report));
  }

  private String idleAndStalled() throws IOException, InterruptedException {
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
        PatientServe.HEAP_MIB,
        CrowdedServer.CPU_MILLIS / 1000,
        load,
        table);
  }

  private void row(Table table, int idle, int stalled) throws IOException, InterruptedException {
    try (CrowdedServer server = CrowdedServer.start(new PatientServe(), scratch, idle, stalled)) {
      double cores = server.cores();
      long kernel = kernelBytes();
      Newcomers newcomers = Newcomers.of(server.port(), options.quick() ? 300 : 1000);
      table.row(
          Integer.toString(idle),
          Integer.toString(stalled),
          String.format(Locale.ROOT, "%.3f", cores),
          Long.toString(server.residentMiB()),
          Long.toString(kernel >> 20),
          newcomers.text(0.5),
          newcomers.text(0.99),
          newcomers.text(1));
      System.out.println(table);
    }
  }

  /// `TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 0`
  private static long kernelBytes() {
    String line = Machine.field("/proc/net/sockstat", "TCP:").orElseThrow();
    return Long.parseLong(line.replaceFirst(".*mem (\\d+).*", "$1")) * PAGE_BYTES;
  }
}
