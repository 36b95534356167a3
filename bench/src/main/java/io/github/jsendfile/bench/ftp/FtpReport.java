package io.github.jsendfile.bench.ftp;

import io.github.jsendfile.bench.Options.Part;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.figures.BarChart;
import io.github.jsendfile.bench.figures.Measurements;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.server.RunningServer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page: how it was measured, then a section for each load, and one for memory.
final class FtpReport {
  private final Report report;
  private final Placement placement;
  private final String machineLoad;

  FtpReport(Report report, Placement placement, String machineLoad) {
    this.report = report;
    this.placement = placement;
    this.machineLoad = machineLoad;
  }

  void begin(List<RunningServer> servers) throws IOException {
    StringBuilder versions = new StringBuilder();
    for (RunningServer server : servers) {
      versions.append("* ").append(server.program().label()).append(": ");
      versions.append(server.program().version().orElse("").replace('\t', ' ')).append('\n');
    }
    report.put(
        Part.FTP,
        "ftp",
        String.format(
            Locale.ROOT,
            """
            ## How it is measured

            Each server is a process of its own, with all it starts, and serves the same folder to \
            `anonymous`, without logs; vsftpd and ProFTPD use `sendfile`. Cores: %s, the server \
            being the sender whatever the direction, so its rates are those of one core. The clients, of this \
            project, are one process; they use passive mode, throw away what they get by 256 KiB at a \
            time, and send likewise. They have logged in before anything is measured. One load for \
            each server in turn, for a second or once, `--pairs` rounds after 12 seconds of warming, each round beginning with another \
            server. What was stored is deleted at once, and memory is touched before each store (by a file that is \
            written and deleted), so that all write new files into memory that the machine has. CPU \
            is that of all processes of the server, by the kernel's clocks. A loop of idle priority keeps the cores awake. Ratios are JSendfile's \
            figure divided by theirs in the same round: the median, and its 95 %% interval (order \
            statistics). JSendfile is started as everybody starts it, by `./jsendfile serve`; Apache \
            MINA has the same options of the JVM, `%s`. Load average before the start of the latest: %s.

            %s
            """,
            placement.words(),
            String.join(" ", FtpServers.JVM_OPTIONS),
            machineLoad,
            versions));
  }

  void put(Load load, Measurements<FtpServers, Load.Measurement> measurements) throws IOException {
    String rate = load.unit().rate();
    String cost = load.unit().cost();
    Table table =
        new Table("medians", rate, cost, rate + ", ours to theirs", cost + ", ours to theirs");
    for (FtpServers server : measurements.servers()) {
      table.row(
          server.label(),
          Numbers.text(measurements.median(server, Load.Measurement::rate)),
          Numbers.text(measurements.median(server, Load.Measurement::cost)),
          measurements.ratio(server, Load.Measurement::rate),
          measurements.ratio(server, Load.Measurement::cost));
    }
    List<BarChart.Bar> bars =
        measurements.servers().stream()
            .map(server -> bar(server, measurements.median(server, Load.Measurement::cost)))
            .toList();
    put(load.word(), load.label(), cost, bars, table);
  }

  /// @param memory what a server holds, in bytes
  void putMemory(Map<FtpServers, Memory> memory, int sessions) throws IOException {
    Table table = new Table("", "MB before", "KB more for each idle session", "MB then");
    memory.forEach(
        (server, each) ->
            table.row(
                server.label(),
                Numbers.text(each.before() / 1e6),
                Numbers.text(each.forEach(sessions) / 1e3),
                Numbers.text(each.after() / 1e6)));
    List<BarChart.Bar> bars =
        memory.entrySet().stream()
            .map(each -> bar(each.getKey(), each.getValue().forEach(sessions) / 1e3))
            .toList();
    String title = "Memory for each of " + sessions + " idle sessions";
    put("memory", title, "KB for each session", bars, table);
  }

  private static BarChart.Bar bar(FtpServers server, double value) {
    return new BarChart.Bar(server.label(), value, server == FtpServers.OURS);
  }

  private void put(String word, String title, String axis, List<BarChart.Bar> bars, Table table)
      throws IOException {
    String picture = "ftp-" + word + ".svg";
    report.picture(picture, new BarChart(title, axis, bars).svg());
    report.put(
        Part.FTP,
        "ftp-" + word,
        String.format(
            Locale.ROOT, "## %s%n%n![%s, %s](%s)%n%n%s%n", title, title, axis, picture, table));
  }

  /// @param before what a new server holds that one client has visited, in bytes
  /// @param after what it holds with all sessions
  record Memory(long before, long after) {
    double forEach(int sessions) {
      return (after - before) / (double) sessions;
    }
  }
}
