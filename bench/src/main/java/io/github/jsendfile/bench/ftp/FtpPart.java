package io.github.jsendfile.bench.ftp;

import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.MedianRatio;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.server.RunningServer;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// FTP servers side by side: all run at the same time, this process asks one after the other.
public final class FtpPart {
  private static final int IDLE_SESSIONS = 100;

  private final Options options;
  private final Scratch scratch;
  private final Report report;
  private final String load = Machine.load();

  /// For one run.
  public FtpPart(Options options, Scratch scratch, Report report) {
    this.options = options;
    this.scratch = scratch;
    this.report = report;
  }

  /// Measures, and writes the page.
  public void run() throws IOException {
    Path folder = Files.createDirectories(scratch.folder().resolve("ftp"));
    open(scratch.folder(), "rwxr-xr-x");
    open(folder, "rwxr-xr-x");
    open(Files.createDirectories(folder.resolve("up")), "rwxrwxrwx");
    scratch.file("ftp/" + Load.FILE, Load.FILE_BYTES);
    scratch.file("ftp/" + Load.SMALL_FILE, Load.SMALL_BYTES);
    List<RunningServer> running = new ArrayList<>();
    try {
      for (FtpServers server : contenders()) {
        Path own = scratch.folder().resolve(server.name());
        Site site = Site.atFreePort(folder, own, Placement.ANYWHERE);
        RunningServer started = RunningServer.start(server, site);
        running.add(started);
        try (FtpClient client = FtpClient.logIn(started.port())) {
          client.store("up/" + server.name(), 1);
        } catch (IOException e) {
          System.out.println("LEFT OUT: " + server.label() + " lets nobody store: " + e);
          running.remove(started);
          started.close();
        }
      }
      StringBuilder text = new StringBuilder(how(running));
      for (Load each : Load.values()) {
        text.append("\n### ").append(each.label()).append("\n\n").append(measure(each, running));
      }
      text.append("\n### Memory\n\n").append(memory(running));
      report.put(Options.Part.FTP, "ftp", text.toString());
    } finally {
      running.forEach(RunningServer::close);
    }
  }

  private static void open(Path folder, String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  private List<FtpServers> contenders() {
    List<FtpServers> present = new ArrayList<>();
    for (FtpServers server : FtpServers.values()) {
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

  private String how(List<RunningServer> servers) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            ## Servers side by side

            Each server is a process of its own, with all it starts, and serves the same folder to \
            `anonymous`; server and client run wherever the scheduler puts them. One client, of this \
            project, in passive mode, throws away what it gets. One request to each server in turn, \
            %d rounds after two warm ones. CPU is that of all processes of the server, by the \
            kernel's clocks. Ratios are JSendfile's figure divided by theirs in the same round: the \
            median, and its 95 %% interval. JSendfile is started as everybody starts it, by \
            `./jsendfile serve`. Load average before the start: %s.

            """,
            options.pairs(),
            load));
    for (RunningServer server : servers) {
      text.append("* ").append(server.program().label()).append(": ");
      text.append(server.program().version().orElse("")).append('\n');
    }
    return text.toString();
  }

  private Table measure(Load what, List<RunningServer> servers) throws IOException {
    Map<FtpServers, List<Load.Measurement>> all = new EnumMap<>(FtpServers.class);
    for (int round = -2; round < options.pairs(); round++) {
      for (RunningServer server : servers) {
        Load.Measurement one = measure(what, server);
        if (round >= 0) {
          all.computeIfAbsent((FtpServers) server.program(), key -> new ArrayList<>()).add(one);
        }
      }
    }
    Table table =
        new Table(
            "medians",
            what.rate(),
            what.cost(),
            what.rate() + ", ours to theirs",
            what.cost() + ", ours to theirs");
    for (FtpServers server : all.keySet()) {
      table.row(
          server.label(),
          Numbers.text(Numbers.median(figures(all, server, Load.Measurement::rate))),
          Numbers.text(Numbers.median(figures(all, server, Load.Measurement::cost))),
          ratio(all, server, Load.Measurement::rate),
          ratio(all, server, Load.Measurement::cost));
    }
    return table;
  }

  private static Load.Measurement measure(Load what, RunningServer server) throws IOException {
    long cpu = server.cpuNanos();
    long began = System.nanoTime();
    double amount = what.run(server.port());
    double seconds = (System.nanoTime() - began) / 1e9;
    return what.measurement(amount, seconds, (server.cpuNanos() - cpu) / 1e9);
  }

  private static Table memory(List<RunningServer> servers) throws IOException {
    Table table = new Table("after all that", "MB", "KB more for each idle session");
    for (RunningServer server : servers) {
      long before = server.residentBytes();
      List<FtpClient> idle = new ArrayList<>();
      try {
        for (int i = 0; i < IDLE_SESSIONS; i++) {
          idle.add(FtpClient.logIn(server.port()));
        }
        double more = (server.residentBytes() - before) / (double) IDLE_SESSIONS;
        table.row(server.program().label(), Numbers.text(before / 1e6), Numbers.text(more / 1e3));
      } finally {
        for (FtpClient client : idle) {
          client.close();
        }
      }
    }
    return table;
  }

  private static String ratio(
      Map<FtpServers, List<Load.Measurement>> all,
      FtpServers server,
      ToDoubleFunction<Load.Measurement> figure) {
    if (server == FtpServers.OURS || !all.containsKey(FtpServers.OURS)) {
      return "";
    }
    return MedianRatio.of(figures(all, FtpServers.OURS, figure), figures(all, server, figure))
        .toString();
  }

  private static double[] figures(
      Map<FtpServers, List<Load.Measurement>> all,
      FtpServers server,
      ToDoubleFunction<Load.Measurement> figure) {
    return all.getOrDefault(server, List.of()).stream().mapToDouble(figure).toArray();
  }
}
