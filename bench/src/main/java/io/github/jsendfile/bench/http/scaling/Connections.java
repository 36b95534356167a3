package io.github.jsendfile.bench.http.scaling;

import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.Measurements;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.http.HttpServers;
import io.github.jsendfile.bench.http.Load;
import io.github.jsendfile.bench.http.Measurement;
import io.github.jsendfile.bench.http.WarmUp;
import io.github.jsendfile.bench.server.RunningServer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// The same requests over few connections and over many, all of which are at work.
final class Connections {
  private static final String FILE = "connections";
  private static final int LONG_SECONDS = 4;
  private static final int SHORT_SECONDS = 1;
  private static final List<HttpServers> USUAL = List.of(HttpServers.OURS, HttpServers.NGINX_CACHE);

  private final Options options;
  private final Scratch scratch;

  Connections(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /// What one run shows.
  private record Sample(Measurement measurement, long residentBytes) {
    /// What a longer run did more than a short one: without connecting.
    static Sample between(Measurement brief, Measurement whole, long residentBytes) {
      Measurement rest =
          new Measurement(
              whole.responses() - brief.responses(),
              whole.seconds() - brief.seconds(),
              whole.cpuSeconds() - brief.cpuSeconds(),
              whole.clientSeconds() - brief.clientSeconds());
      return new Sample(rest, residentBytes);
    }
  }

  String measure() throws IOException {
    scratch.file(FILE, 1024);
    Placement placement = Placement.available().getLast();
    Table table =
        new Table(
            "connections", "server", "requests/s", "CPU µs/request", "RSS MiB", "KiB a connection");
    int most = options.quick() ? 1000 : 10_000;
    try (Servers servers = Servers.start(options, USUAL, scratch.folder(), scratch, placement)) {
      for (RunningServer server : servers.all()) {
        WarmUp.connect(server, placement, "/" + FILE);
      }
      Measurements<HttpServers, Sample> one = measure(servers, placement, 1);
      rows(1, one, one, table);
      for (int count = 10; count <= most; count *= 10) {
        rows(count, measure(servers, placement, count), one, table);
      }
    }
    return String.format(
        Locale.ROOT,
        """
        ## From one connection to thousands

        A file of 1 KiB; each connection sends its next request when it has its answer, so all are active in \
        turn. One thread of wrk; %s. A loop of idle priority keeps the cores awake. Connecting is left out: what a run of %d s did more than one of %d s. \
        Medians of %d rounds, the servers in turn. RSS: the most during the longer run, and what it is above that with \
        one connection, for each.

        %s""",
        placement.words(),
        LONG_SECONDS,
        SHORT_SECONDS,
        options.pairs(),
        table);
  }

  private Measurements<HttpServers, Sample> measure(
      Servers servers, Placement placement, int connections) throws IOException {
    Load load = Load.wrk(placement, "/" + FILE, connections, "--timeout", "20s");
    Measurements<HttpServers, Sample> samples = new Measurements<>(HttpServers.OURS);
    for (int round = 0; round < options.pairs(); round++) {
      for (RunningServer server : servers.all()) {
        Measurement brief = Measurement.take(load, server, SHORT_SECONDS);
        AtomicLong most = new AtomicLong();
        Thread watcher = watch(server, most);
        Measurement whole = Measurement.take(load, server, LONG_SECONDS);
        watcher.interrupt();
        samples.add(Servers.kind(server), Sample.between(brief, whole, most.get()));
      }
    }
    return samples;
  }

  private static Thread watch(RunningServer server, AtomicLong most) {
    return Thread.startVirtualThread(
        () -> {
          try {
            while (true) {
              most.accumulateAndGet(server.residentBytes(), Math::max);
              Thread.sleep(200);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run is over
          }
        });
  }

  private static void rows(
      int connections,
      Measurements<HttpServers, Sample> samples,
      Measurements<HttpServers, Sample> one,
      Table table) {
    for (HttpServers server : samples.servers()) {
      double bytes = samples.median(server, Sample::residentBytes);
      double more = bytes - one.median(server, Sample::residentBytes);
      table.row(
          Integer.toString(connections),
          server.label(),
          Numbers.text(samples.median(server, s -> s.measurement().responsesPerSecond())),
          Numbers.text(samples.median(server, s -> s.measurement().cpuMicrosPerResponse())),
          Numbers.text(bytes / (1 << 20)),
          connections < 1000 ? "" : Numbers.text(more / 1024 / connections));
    }
    System.out.println(table);
  }
}
