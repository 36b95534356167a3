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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One core for the server, then all of them, shared with the client.
final class Cores {
  private static final int CONNECTIONS = 64;
  private static final int SECONDS = 2;
  private static final List<HttpServers> USUAL =
      List.of(HttpServers.OURS, HttpServers.NGINX, HttpServers.NGINX_CACHE);

  private final Options options;
  private final Scratch scratch;

  Cores(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  String measure() throws IOException {
    Table table = new Table("file, where", "server", "requests/s", "CPU µs/request");
    for (int kib : new int[] {16, 1024}) {
      String name = kib + "KiB";
      scratch.file(name, kib << 10);
      measure(name, table);
    }
    return String.format(
        Locale.ROOT,
        """
        ## One core and more

        Apart: the server has one core and the client, one thread of wrk with %d connections, another. \
        Shared: both may use all cores, the server with as many threads or processes as it likes, so what \
        the client needs is not the server's. %d s for each server and placement in turn, medians of %d rounds. A loop of idle priority keeps the cores awake.

        %s""",
        CONNECTIONS,
        SECONDS,
        options.pairs(),
        table);
  }

  private void measure(String name, Table table) throws IOException {
    Map<Placement, Measurements<HttpServers, Measurement>> all = new EnumMap<>(Placement.class);
    try (Servers apart =
            Servers.start(options, USUAL, scratch.folder(), scratch, Placement.CORES_APART);
        Servers shared =
            Servers.start(options, USUAL, scratch.folder(), scratch, Placement.ANYWHERE)) {
      Map<Placement, Servers> servers = new EnumMap<>(Placement.class);
      servers.put(Placement.CORES_APART, apart);
      servers.put(Placement.ANYWHERE, shared);
      for (int round = 0; round <= options.pairs(); round++) { // the first to get warm
        for (Map.Entry<Placement, Servers> placed : servers.entrySet()) {
          Placement placement = placed.getKey();
          Load load = Load.wrk(placement, "/" + name, CONNECTIONS);
          for (RunningServer server : placed.getValue().all()) {
            if (round == 0) {
              WarmUp.connect(server, placement, "/" + name);
            }
            Measurement measurement = Measurement.take(load, server, SECONDS);
            if (round > 0) {
              all.computeIfAbsent(placement, _ -> new Measurements<>(HttpServers.OURS))
                  .add(Servers.kind(server), measurement);
            }
          }
        }
      }
    }
    all.forEach((placement, measurements) -> rows(name, placement, measurements, table));
  }

  private static void rows(
      String name,
      Placement placement,
      Measurements<HttpServers, Measurement> measurements,
      Table table) {
    String where = placement == Placement.ANYWHERE ? ", shared" : ", apart";
    for (HttpServers server : measurements.servers()) {
      table.row(
          name.replace("KiB", " KiB").replace("1024 KiB", "1 MiB") + where,
          server.label(),
          Numbers.text(measurements.median(server, Measurement::responsesPerSecond)),
          Numbers.text(measurements.median(server, Measurement::cpuMicrosPerResponse)));
    }
  }
}
