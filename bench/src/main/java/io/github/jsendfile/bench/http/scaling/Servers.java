package io.github.jsendfile.bench.http.scaling;

import io.github.jsendfile.bench.AwakeCores;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.http.HttpServers;
import io.github.jsendfile.bench.server.RunningServer;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Servers of one folder that run at the same time, to be asked in turn.
final class Servers implements AutoCloseable {
  private static int count;

  private final List<RunningServer> running = new ArrayList<>();
  private final AwakeCores awake;

  private Servers(AwakeCores awake) {
    this.awake = awake;
  }

  /// Starts those that are there, of the usual ones unless the options name some.
  static Servers start(
      Options options, List<HttpServers> usual, Path folder, Scratch scratch, Placement placement)
      throws IOException {
    List<HttpServers> all = options.only().isEmpty() ? usual : List.of(HttpServers.values());
    Servers servers = new Servers(new AwakeCores(placement));
    try {
      for (HttpServers server : ServerProgram.present(all, options.only())) {
        Path own = scratch.folder().resolve("server-" + count++);
        servers.running.add(RunningServer.start(server, Site.atFreePort(folder, own, placement)));
      }
      return servers;
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  List<RunningServer> all() {
    return running;
  }

  static HttpServers kind(RunningServer server) {
    return (HttpServers) server.program();
  }

  @Override
  public void close() {
    running.forEach(RunningServer::close);
    awake.close();
  }
}
