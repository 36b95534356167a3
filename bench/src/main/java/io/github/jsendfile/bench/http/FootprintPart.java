package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.BarChart;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.http.crowd.CrowdClients;
import io.github.jsendfile.bench.server.RunningServer;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What servers are before they have much to do: from the start to the first byte, memory, and
/// memory of connections that are open and idle.
public final class FootprintPart {
  private static final int STARTS = 10;
  private static final int SETTLE_MILLIS = 1000;

  /// Besides those that are named, the slow starters are left out.
  private static final List<HttpServers> USUAL =
      List.of(
          HttpServers.OURS,
          HttpServers.NGINX,
          HttpServers.LIGHTTPD,
          HttpServers.CADDY,
          HttpServers.NETTY,
          HttpServers.JETTY);

  private final Options options;
  private final Scratch scratch;
  private int sites;

  /// For one run.
  public FootprintPart(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /// Measures, and returns the text for the report.
  ///
  /// @param report for the picture
  public String run(Report report) throws IOException, InterruptedException {
    scratch.file("small", 1024);
    String load = Machine.load();
    int[] crowds = options.quick() ? new int[] {100, 1000} : new int[] {1000, 9900};
    Table table =
        new Table(
            "server",
            "first byte ms",
            "CPU ms",
            "RSS MiB",
            "KiB a connection, " + crowds[0],
            Integer.toString(crowds[1]));
    List<HttpServers> all = options.only().isEmpty() ? USUAL : List.of(HttpServers.values());
    List<BarChart.Bar> bars = new ArrayList<>();
    for (HttpServers server : ServerProgram.present(all, options.only())) {
      List<String> row = new ArrayList<>(List.of(server.label()));
      starts(server, row);
      double kib = Double.NaN;
      for (int crowd : crowds) {
        kib = connection(server, crowd);
        row.add(Double.isNaN(kib) ? "failed" : Numbers.text(kib));
      }
      if (!Double.isNaN(kib)) {
        bars.add(new BarChart.Bar(server.label(), kib, server == HttpServers.OURS));
      }
      table.row(row.toArray(String[]::new));
      System.out.println(table);
    }
    String memory = "Resident memory of an idle connection, " + crowds[1] + " of them open";
    report.picture("connection-memory.svg", new BarChart(memory, "KiB", bars).svg());
    return String.format(
            Locale.ROOT,
            """
        ## Start, memory, connections

        From the start of the process (for JSendfile: of the script `./jsendfile serve`) to the first \
        byte of a GET of 1 KiB, and the CPU time that it took till then: medians of %d; then the \
        resident memory a second later, shared pages counted. Then so many connections, each answered once and kept open: what \
        each adds to the resident memory of the server, without what the kernel holds. Options as in \
        [http.md](http.md). Load average before the start: %s.

        ![%s](connection-memory.svg)

        %s
        """,
            STARTS,
            load,
            memory,
            table)
        + JarContents.text();
  }

  private void starts(HttpServers server, List<String> row)
      throws IOException, InterruptedException {
    double[] millis = new double[STARTS];
    double[] cpu = new double[STARTS];
    double resident = 0;
    for (int i = 0; i < STARTS; i++) {
      Site site = site();
      long start = System.nanoTime();
      try (RunningServer running = RunningServer.start(server, site)) {
        firstByte(running.port());
        millis[i] = (System.nanoTime() - start) / 1e6;
        cpu[i] = running.cpuNanos() / 1e6;
        if (i == STARTS - 1) {
          Thread.sleep(SETTLE_MILLIS);
          resident = running.residentBytes() / (double) (1 << 20);
        }
      }
    }
    row.add(Numbers.text(Numbers.median(millis)));
    row.add(Numbers.text(Numbers.median(cpu)));
    row.add(Numbers.text(resident));
  }

  /// KiB for each, or not a number if it failed.
  private double connection(HttpServers server, int count) throws InterruptedException {
    try (RunningServer running = RunningServer.start(server, site())) {
      firstByte(running.port());
      Thread.sleep(SETTLE_MILLIS);
      long before = running.residentBytes();
      try (ChildProcess _ = CrowdClients.start(running.port(), count, CrowdClients.Habit.IDLE)) {
        Thread.sleep(SETTLE_MILLIS);
        return (running.residentBytes() - before) / 1024.0 / count;
      }
    } catch (IOException e) {
      System.out.println(server.label() + " with " + count + " connections: " + e.getMessage());
      return Double.NaN;
    }
  }

  private Site site() throws IOException {
    Path own = scratch.folder().resolve("server-" + sites++);
    return Site.atFreePort(scratch.folder(), own, Placement.ANYWHERE);
  }

  private static void firstByte(int port) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] status = client.getInputStream().readNBytes(12);
      if (!new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 200")) {
        throw new IOException("no file at port " + port);
      }
    }
  }
}
