package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.Compiler;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.server.RunningServer;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Servers side by side: all run at the same time, and one client asks one after the other.
public final class HttpPart {
  private static final int WARM_SECONDS = 4;
  private static final int SECONDS = 1;

  private final Options options;
  private final Scratch scratch;
  private final Report report;
  private final Placement placement;

  /// For one run.
  public HttpPart(Options options, Scratch scratch, Report report) {
    this.options = options;
    this.scratch = scratch;
    this.report = report;
    this.placement =
        Placement.available().contains(Placement.CORES_APART)
            ? Placement.CORES_APART
            : Placement.ANYWHERE;
  }

  /// Measures, and writes the page.
  public void run() throws IOException {
    List<HttpServers> contenders = contenders();
    List<FileSize> sizes = sizes();
    Path program = Compiler.compile(HttpPart.class, "fetch.c", scratch.folder());
    HttpReport page = new HttpReport(report, placement, Machine.load(), options.pairs());
    page.begin(contenders);
    List<RunningServer> running = new ArrayList<>();
    try {
      for (FileSize size : sizes) {
        scratch.file(size.word(), size.bytes());
      }
      for (HttpServers contender : contenders) {
        Path own = scratch.folder().resolve(contender.name());
        Site site = Site.atFreePort(scratch.folder(), own, placement);
        running.add(RunningServer.start(contender, site));
      }
      for (FileSize size : sizes) {
        page.put(size, measure(size, running, program));
      }
    } finally {
      running.forEach(RunningServer::close);
    }
  }

  private List<HttpServers> contenders() {
    List<HttpServers> present = new ArrayList<>();
    for (HttpServers server : HttpServers.values()) {
      if (options.only().isEmpty() || options.only().contains(server.name())) {
        if (server.version().isPresent()) {
          present.add(server);
        } else {
          System.out.println("SKIPPED: " + server.label() + " is not there");
        }
      }
    }
    return present;
  }

  private List<FileSize> sizes() {
    return Arrays.stream(FileSize.values())
        .filter(size -> options.sizes().isEmpty() || options.sizes().contains(size.word()))
        .toList();
  }

  private Measurements measure(FileSize size, List<RunningServer> servers, Path program)
      throws IOException {
    String path = "/" + size.word();
    Load load =
        size.isLarge()
            ? Load.fetch(placement, program, path, size.connections(), size.bytes())
            : Load.wrk(placement, path, size.connections());
    Measurements measurements = new Measurements();
    for (RunningServer server : servers) {
      measure(load, server, options.quick() ? 2 : WARM_SECONDS);
    }
    for (int round = 1; round <= options.pairs(); round++) {
      for (RunningServer server : servers) {
        Measurement measurement = measure(load, server, SECONDS);
        measurements.add((HttpServers) server.program(), measurement);
        System.out.printf(
            "%-8s %d/%d %-24s %10.1f/s %10.2f CPU µs%n",
            size.label(),
            round,
            options.pairs(),
            server.program().label(),
            measurement.responsesPerSecond(),
            measurement.cpuMicrosPerResponse());
      }
    }
    return measurements;
  }

  private static Measurement measure(Load load, RunningServer server, int seconds)
      throws IOException {
    long before = server.cpuNanos();
    Load.Yield got = load.run(server.port(), seconds);
    return new Measurement(got.responses(), got.seconds(), (server.cpuNanos() - before) / 1e9);
  }
}
