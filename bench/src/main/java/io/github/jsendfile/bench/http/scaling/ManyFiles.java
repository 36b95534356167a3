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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The same requests for one file and for any of many, at random.
final class ManyFiles {
  private static final int BYTES = 1024;
  private static final int CONNECTIONS = 16;
  private static final int WARM_SECONDS = 12;
  private static final List<HttpServers> USUAL =
      List.of(HttpServers.OURS, HttpServers.NGINX, HttpServers.NGINX_CACHE);

  private final Options options;
  private final Scratch scratch;

  ManyFiles(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  String measure() throws IOException {
    Placement placement = Placement.available().getLast();
    Table table =
        new Table(
            "files",
            "server",
            "requests/s",
            "CPU µs/request",
            "RSS MiB",
            "requests/s, ours : theirs",
            "CPU, ours : theirs");
    int[] counts =
        options.quick() ? new int[] {1, 1000, 10_000} : new int[] {1, 1000, 100_000, 1_000_000};
    for (int count : counts) {
      Path folder = scratch.folder().resolve("files-" + count);
      try (FileForest forest = FileForest.of(count, BYTES, folder)) {
        measure(forest.folder(), count, placement, table);
      }
      System.out.println(table);
    }
    return String.format(
        Locale.ROOT,
        """
        ## From one file to a million

        Files of 1 KiB, a thousand to a folder, in the page cache; each request asks for one of them at random. One \
        thread of wrk, %d connections; %s. A second for each server in turn, medians of %d rounds; RSS after the last. A loop of idle priority keeps the cores awake. nginx \
        with the cache keeps 1,000 files open, JSendfile what it keeps unless told otherwise.

        %s""",
        CONNECTIONS,
        placement.words(),
        options.pairs(),
        table);
  }

  private void measure(Path folder, int count, Placement placement, Table table)
      throws IOException {
    Path script = scratch.folder().resolve("random-" + count + ".lua");
    Files.writeString(
        script,
        String.format(
            Locale.ROOT,
            """
            request = function()
              local i = math.random(0, %d)
              return wrk.format(nil, "/" .. math.floor(i / 1000) .. "/" .. i %% 1000)
            end
            """,
            count - 1));
    Load load = Load.wrk(placement, "/", CONNECTIONS, "-s", script.toString(), "--timeout", "20s");
    Measurements<HttpServers, Measurement> measurements = new Measurements<>(HttpServers.OURS);
    try (Servers servers = Servers.start(options, USUAL, folder, scratch, placement)) {
      for (RunningServer server : servers.all()) {
        WarmUp.connect(server, placement, "/0/0");
        Measurement.take(load, server, WARM_SECONDS);
      }
      for (int round = 0; round < options.pairs(); round++) {
        for (RunningServer server : servers.all()) {
          measurements.add(Servers.kind(server), Measurement.take(load, server, 1));
        }
      }
      for (RunningServer server : servers.all()) {
        row(count, server, measurements, table);
      }
    }
  }

  private static void row(
      int count,
      RunningServer running,
      Measurements<HttpServers, Measurement> measurements,
      Table table) {
    HttpServers server = Servers.kind(running);
    table.row(
        Integer.toString(count),
        server.label(),
        Numbers.text(measurements.median(server, Measurement::responsesPerSecond)),
        Numbers.text(measurements.median(server, Measurement::cpuMicrosPerResponse)),
        Numbers.text(running.residentBytes() / (double) (1 << 20)),
        measurements.ratio(server, Measurement::responsesPerSecond),
        measurements.ratio(server, Measurement::cpuMicrosPerResponse));
  }
}
