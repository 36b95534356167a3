package io.github.jsendfile.bench;

import io.github.jsendfile.bench.crowd.CrowdPart;
import io.github.jsendfile.bench.crowd.TrapPart;
import io.github.jsendfile.bench.ftp.FtpPart;
import io.github.jsendfile.bench.http.FootprintPart;
import io.github.jsendfile.bench.http.HttpPart;
import io.github.jsendfile.bench.http.crowd.HttpCrowdPart;
import io.github.jsendfile.bench.http.scaling.ScalingPart;
import io.github.jsendfile.bench.large.LargePart;
import io.github.jsendfile.bench.large.ReceivePart;
import io.github.jsendfile.bench.small.SmallPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The command behind `./bench/run`.
public final class Bench {
  private Bench() {}

  /// Cores. More than that shows in the figures.
  private static final double IDLE_ENOUGH = 0.2;

  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    CongestionControl tcp = new CongestionControl();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveNothing(tcp))); // also when killed
    System.out.println("load average: " + Machine.load());
    try (Scratch scratch = new Scratch(Path.of("bench", "target"))) {
      String machine = Machine.describe(scratch.folder()) + ", TCP " + tcp.name();
      System.out.println(machine);
      Report report = new Report(options, machine + idleness());
      for (Options.Part part : options.parts()) {
        run(part, options, scratch, report);
      }
    }
  }

  private static void leaveNothing(CongestionControl tcp) {
    tcp.putBack();
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
  }

  /// Says so where other programs are at work.
  private static String idleness() throws InterruptedException {
    double busy = Machine.busyCores();
    if (busy < IDLE_ENOUGH) {
      return "";
    }
    String warning =
        String.format(
            Locale.ROOT, "NOT IDLE: other programs kept %.1f cores busy at the start", busy);
    System.out.println(warning);
    return "; " + warning;
  }

  private static void run(Options.Part part, Options options, Scratch scratch, Report report)
      throws IOException, InterruptedException {
    String section = part.name().toLowerCase(Locale.ROOT);
    switch (part) {
      case CORE -> report.put(part, section, new LargePart(options, scratch).run(report));
      case RECEIVE -> report.put(part, section, new ReceivePart(options, scratch).run());
      case SMALL -> report.put(part, section, new SmallPart(options, scratch).run());
      case CROWD -> report.put(part, section, new CrowdPart(options, scratch).run());
      case HTTP -> new HttpPart(options, scratch, report).run();
      case TRAP -> TrapPart.run(scratch);
      case HTTP_CROWD -> new HttpCrowdPart(options, scratch, report).run();
      case FOOTPRINT -> report.put(part, section, new FootprintPart(options, scratch).run(report));
      case SCALING -> new ScalingPart(options, scratch, report).run();
      case FTP -> new FtpPart(options, scratch, report).run();
    }
  }
}
