package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.Options.Part;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.figures.Measurements;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.PanelChart;
import io.github.jsendfile.bench.figures.Table;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The page: how it was measured, then a section for each size.
final class HttpReport {
  private static final String REQUESTS = "Requests a second, by the size of the file";
  private static final String CPU = "CPU µs of the server for a request, by the size of the file";

  private final Report report;
  private final Placement placement;
  private final String load;
  private final int rounds;
  private final List<HttpServers> contenders;
  private final Map<FileSize, Measurements<HttpServers, Measurement>> all =
      new EnumMap<>(FileSize.class);

  HttpReport(
      Report report, Placement placement, String load, int rounds, List<HttpServers> contenders) {
    this.report = report;
    this.placement = placement;
    this.load = load;
    this.rounds = rounds;
    this.contenders = contenders;
  }

  void begin() throws IOException {
    StringBuilder versions = new StringBuilder();
    for (HttpServers server : contenders) {
      versions.append("* ").append(server.label()).append(": ");
      versions.append(server.version().orElse("")).append('\n');
    }
    report.put(
        Part.HTTP,
        "http",
        String.format(
            Locale.ROOT,
            """
            ## How it is measured

            Each server is a process of its own and serves the same folder over HTTP/1.1; none logs \
            requests. One client gets one file again and again over connections that stay open: wrk \
            up to 128 KiB (16 connections), a C program that reads 256 KiB at a time for larger ones \
            (16 connections; 4 for 1 GiB). %s: here the server is the sender, so requests per second \
            are those of one core. A second for each server in turn, %d rounds, after a warm run for \
            each size: thousands of new connections, then some seconds. CPU is that of all processes of the server, by the kernel's \
            clocks; and with that of the client added, since over the loopback interface either may come to do the \
            kernel's work for the other. A loop of idle priority keeps both cores awake: on a virtual machine waking \
            a sleeping one costs the waker several µs, and whether the client sleeps between two reads is an accident \
            of timing. Ratios are JSendfile's figure divided by theirs in the same round: the median, and \
            its 95 %% interval (order statistics; less where a row says so). JSendfile is started as everybody starts it, by \
            `./jsendfile serve DIR --http PORT --access-log=off --max-connections=20000`; other servers of the JVM have `%s`. Load average \
            before the start: %s.

            %s
            ![%s](http-requests.svg)

            ![%s](http-cpu.svg)
            """,
            placement.words(),
            rounds,
            String.join(" ", HttpServers.JVM_OPTIONS),
            load,
            versions,
            REQUESTS,
            CPU));
  }

  void put(FileSize size, Measurements<HttpServers, Measurement> measurements) throws IOException {
    all.put(size, measurements);
    report.picture("http-requests.svg", chart(REQUESTS, Measurement::responsesPerSecond));
    report.picture("http-cpu.svg", chart(CPU, Measurement::cpuMicrosPerResponse));
    report.put(
        Part.HTTP,
        "http-" + size.word(),
        String.format(Locale.ROOT, "## %s%n%n%s%n", size.label(), table(size, measurements)));
  }

  private String chart(String title, ToDoubleFunction<Measurement> figure) {
    List<PanelChart.Column> columns =
        all.entrySet().stream()
            .map(
                size ->
                    new PanelChart.Column(
                        size.getKey().label(),
                        contenders.stream()
                            .map(server -> size.getValue().median(server, figure))
                            .toList()))
            .toList();
    return new PanelChart(title, contenders.stream().map(HttpServers::label).toList(), columns)
        .svg();
  }

  private static Table table(FileSize size, Measurements<HttpServers, Measurement> measurements) {
    Table table =
        new Table(
            "medians",
            "requests/s",
            "CPU µs/request",
            "CPU s/GB",
            "with the client's, µs",
            "requests/s, ours : theirs",
            "CPU, ours : theirs",
            "with the client's");
    for (HttpServers server : measurements.servers()) {
      double micros = measurements.median(server, Measurement::cpuMicrosPerResponse);
      table.row(
          server.label(),
          Numbers.text(measurements.median(server, Measurement::responsesPerSecond)),
          Numbers.text(micros),
          Numbers.text(micros / 1e6 / (size.bytes() / 1e9)),
          Numbers.text(measurements.median(server, Measurement::cpuMicrosOfBoth)),
          measurements.ratio(server, Measurement::responsesPerSecond),
          measurements.ratio(server, Measurement::cpuMicrosPerResponse),
          measurements.ratio(server, Measurement::cpuMicrosOfBoth));
    }
    return table;
  }
}
