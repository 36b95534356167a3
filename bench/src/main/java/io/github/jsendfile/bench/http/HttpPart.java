package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.AwakeCores;
import io.github.jsendfile.bench.Compiler;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.Measurements;
import io.github.jsendfile.bench.server.RunningServer;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Servers side by side: all run at the same time, and one client asks one after the other.
public final class HttpPart {
  private static final int WARM_SECONDS = 8; // a JVM on one core compiles beside serving
  private static final int SECONDS = 1;

  /// What new connections ask for instead of larger ones.
  private static final FileSize WARM_LARGE = FileSize.MIB_1;

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
    List<HttpServers> contenders =
        ServerProgram.present(List.of(HttpServers.values()), options.only());
    List<FileSize> sizes = sizes();
    Path program = Compiler.compile(HttpPart.class, "fetch.c", scratch.folder());
    HttpReport page =
        new HttpReport(report, placement, Machine.load(), options.pairs(), contenders);
    page.begin();
    List<RunningServer> running = new ArrayList<>();
    try (AwakeCores _ = new AwakeCores(placement)) {
      Set<FileSize> files = EnumSet.of(WARM_LARGE);
      files.addAll(sizes);
      for (FileSize size : files) {
        scratch.file(size.word(), size.bytes());
      }
      for (HttpServers contender : contenders) {
        start(contender).ifPresent(running::add);
      }
      for (FileSize size : sizes) {
        page.put(size, measure(size, running, program));
      }
    } finally {
      running.forEach(RunningServer::close);
    }
  }

  private Optional<RunningServer> start(HttpServers contender) throws IOException {
    Path own = scratch.folder().resolve(contender.name());
    Site site = Site.atFreePort(scratch.folder(), own, placement);
    try {
      return Optional.of(RunningServer.start(contender, site));
    } catch (IOException e) {
      System.out.println("SKIPPED: " + e.getMessage());
      return Optional.empty();
    }
  }

  private List<FileSize> sizes() {
    return Arrays.stream(FileSize.values())
        .filter(size -> options.sizes().isEmpty() || options.sizes().contains(size.word()))
        .toList();
  }

  private Measurements<HttpServers, Measurement> measure(
      FileSize size, List<RunningServer> servers, Path program) throws IOException {
    String path = "/" + size.word();
    Load load =
        size.isLarge()
            ? Load.fetch(placement, program, path, size.connections(), size.bytes())
            : Load.wrk(placement, path, size.connections());
    Measurements<HttpServers, Measurement> measurements = new Measurements<>(HttpServers.OURS);
    List<RunningServer> warm = warm(load, size, servers);
    for (int round = 1; round <= options.pairs(); round++) {
      for (RunningServer server : warm) {
        Measurement measurement = Measurement.take(load, server, SECONDS);
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

  /// Those that answer as they should.
  private List<RunningServer> warm(Load load, FileSize size, List<RunningServer> servers) {
    List<RunningServer> warm = new ArrayList<>();
    for (RunningServer server : servers) {
      try {
        FileSize asked = size.isLarge() ? WARM_LARGE : size;
        WarmUp.connect(server, placement, "/" + asked.word());
        Measurement.take(load, server, options.quick() ? 2 : WARM_SECONDS);
        warm.add(server);
      } catch (IOException e) {
        String label = server.program().label();
        System.out.println("SKIPPED: " + label + " with " + size.label() + ": " + e.getMessage());
      }
    }
    return warm;
  }
}
