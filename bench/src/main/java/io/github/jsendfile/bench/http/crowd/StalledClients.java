package io.github.jsendfile.bench.http.crowd;

import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.PanelChart;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.http.HttpServers;
import io.github.jsendfile.bench.server.ServerProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Several servers with clients that have stalled: what that costs, and what a new client notices.
final class StalledClients {
  private static final List<HttpServers> CONTENDERS =
      List.of(
          HttpServers.OURS,
          HttpServers.NGINX,
          HttpServers.TOMCAT,
          HttpServers.JETTY,
          HttpServers.NAIVE);

  private final Options options;
  private final Scratch scratch;
  private final Table table =
      new Table("stalled", "server", "cores", "RSS MiB", "1 MiB p50 ms", "p99 ms", "max");
  private final List<PanelChart.Column> latencies = new ArrayList<>();
  private final List<PanelChart.Column> cores = new ArrayList<>();

  StalledClients(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  String run(Report report) throws IOException, InterruptedException {
    String load = Machine.load();
    List<HttpServers> servers = ServerProgram.present(CONTENDERS, options.only());
    List<String> labels = servers.stream().map(HttpServers::label).toList();
    String latency = "A new client's 1 MiB beside stalled clients, p99 in ms";
    String cpu = "Cores that stalled clients keep busy";
    for (int count : options.crowd()) {
      measure(servers, count);
      report.picture("http-crowd-latency.svg", new PanelChart(latency, labels, latencies).svg());
      report.picture("http-crowd-cores.svg", new PanelChart(cpu, labels, cores).svg());
    }
    return String.format(
        Locale.ROOT,
        """
        ## Stalled clients, at several servers

        So many clients have asked for 64 MiB and read nothing, as above; then new clients come one \
        after the other for as long as 20 s, 1,000 at most, each waiting %d s. \"never\": one was \
        given nothing. Heaps are as large as each server makes them, but for JSendfile's; all have \
        time limits of an hour. Load average before the start: %s.

        ![%s](http-crowd-latency.svg)

        ![%s](http-crowd-cores.svg)

        %s""",
        Newcomers.PATIENCE.toSeconds(),
        load,
        latency,
        cpu,
        table);
  }

  private void measure(List<HttpServers> servers, int count)
      throws IOException, InterruptedException {
    List<Double> p99 = new ArrayList<>();
    List<Double> busy = new ArrayList<>();
    for (HttpServers each : servers) {
      ServerProgram program = each == HttpServers.OURS ? new PatientServe() : each;
      try (CrowdedServer server = CrowdedServer.start(program, scratch, 0, count)) {
        double used = server.cores();
        Newcomers newcomers = Newcomers.of(server.port(), options.quick() ? 300 : 1000);
        p99.add(newcomers.quantile(0.99));
        busy.add(used);
        table.row(
            Integer.toString(count),
            each.label(),
            String.format(Locale.ROOT, "%.3f", used),
            Long.toString(server.residentMiB()),
            newcomers.text(0.5),
            newcomers.text(0.99),
            newcomers.text(1));
      } catch (IOException e) {
        System.out.println(each.label() + " with " + count + " stalled: " + e.getMessage());
        p99.add(Double.NaN);
        busy.add(Double.NaN);
        String failure = "failed: " + e.getMessage();
        table.row(Integer.toString(count), each.label(), failure, "", "", "", "");
      }
      System.out.println(table);
    }
    latencies.add(new PanelChart.Column(count + " stalled", p99));
    cores.add(new PanelChart.Column(count + " stalled", busy));
  }
}
