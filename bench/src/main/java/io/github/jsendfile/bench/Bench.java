package io.github.jsendfile.bench;

import io.github.jsendfile.bench.crowd.CrowdPart;
import io.github.jsendfile.bench.large.LargePart;
import io.github.jsendfile.bench.large.ReceivePart;
import io.github.jsendfile.bench.small.SmallPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The command behind `./bench/run`.
public final class Bench {
  private Bench() {}

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
    System.out.println("load average: " + Machine.load());
    try (Scratch scratch = new Scratch(Path.of("bench", "target"))) {
      String machine = Machine.describe(scratch.folder());
      System.out.println(machine);
      Report report = new Report(options.out());
      for (Options.Part part : options.parts()) {
        report.put(part, options, machine, run(part, options, scratch, report));
      }
    }
  }

  private static String run(Options.Part part, Options options, Scratch scratch, Report report)
      throws IOException, InterruptedException {
    return switch (part) {
      case CORE -> new LargePart(options, scratch).run(report);
      case RECEIVE -> new ReceivePart(options, scratch).run();
      case SMALL -> new SmallPart(options, scratch).run();
      case CROWD -> new CrowdPart(options, scratch).run();
    };
  }
}
