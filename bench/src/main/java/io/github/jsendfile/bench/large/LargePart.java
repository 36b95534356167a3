package io.github.jsendfile.bench.large;

import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.BarChart;
import io.github.jsendfile.bench.figures.MedianRatio;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.peer.Manner;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// CPU per gigabyte, side by side.
public final class LargePart {
  private static final long FILE_BYTES = 1L << 30;

  private static final Map<Senders, Double> GOALS = new LinkedHashMap<>();

  static {
    GOALS.put(Senders.C, 1.05);
    GOALS.put(Senders.COPY_64K, 0.35);
    GOALS.put(Senders.MMAP, 0.45);
    GOALS.put(Senders.STREAM_8K, 0.20);
  }

  private final Options options;
  private final Scratch scratch;

  public LargePart(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /// Measures, draws the chart, and returns the text for the report.
  public String run(Report report) throws IOException {
    String load = Machine.load();
    List<Contender> contenders = new ArrayList<>();
    for (Senders sender : Senders.values()) {
      sender
          .absence()
          .ifPresentOrElse(
              reason -> System.out.println("SKIPPED: " + sender.label() + ": " + reason),
              () -> contenders.add(sender));
    }
    try (Peer peer = new Peer()) {
      Setting setting =
          new Setting(scratch.file("large", FILE_BYTES), peer.port(Manner.FAST), scratch.folder());
      Rounds rounds = Rounds.run(contenders, setting, options.pairs(), options.gib());
      report.picture("cpu-per-gb.svg", chart(contenders, rounds).svg());
      return text(contenders, rounds, load);
    }
  }

  private String text(List<Contender> contenders, Rounds rounds, String load) {
    return String.format(
        Locale.ROOT,
        """
        ## Large files: CPU per GB

        A file of 1 GiB in the page cache, over TCP on the loopback interface to one peer process \
        that reads and throws away with a buffer of 1 MiB. %d interleaved rounds after a warm one, \
        %d GiB a sample, a new connection for each GiB; one process per contender, JVMs with `%s`. \
        1 GB is 10^9 bytes. Load average before the start: %s. C compiler: %s (-O2).

        ![CPU seconds per GB](cpu-per-gb.svg)

        %s
        JSendfile's CPU time divided by theirs in the same round; the median of these ratios, and \
        its 95 %% interval (order statistics). For a virtual thread, its carriers' time is taken.

        %s
        %s""",
        options.pairs(),
        options.gib(),
        Senders.jvmOptions(),
        load,
        Compiler.version().orElse("none"),
        figures(contenders, rounds),
        ratios(contenders, rounds),
        goals(contenders, rounds));
  }

  private static Table figures(List<Contender> contenders, Rounds rounds) {
    Table table =
        new Table("medians", "sending thread, CPU s/GB", "whole process, CPU s/GB", "GB/s");
    for (Contender contender : contenders) {
      table.row(
          contender.label(),
          Numbers.text(median(rounds, contender, Sample::threadSecondsPerGb)),
          Numbers.text(median(rounds, contender, Sample::processSecondsPerGb)),
          Numbers.text(median(rounds, contender, Sample::gbPerSecond)));
    }
    return table;
  }

  private static double median(
      Rounds rounds, Contender contender, ToDoubleFunction<Sample> figure) {
    return Numbers.median(rounds.figures(contender, figure));
  }

  private static Table ratios(List<Contender> contenders, Rounds rounds) {
    Table table =
        new Table(
            "JSendfile against", "sending thread", "whole process", "thread, on a virtual one");
    for (Contender other : contenders) {
      if (other == Senders.OURS) {
        continue;
      }
      table.row(
          other.label(),
          ratio(rounds, Senders.OURS, other, Sample::threadSecondsPerGb).toString(),
          ratio(rounds, Senders.OURS, other, Sample::processSecondsPerGb).toString(),
          ratio(rounds, Senders.OURS_VIRTUAL, other, Sample::threadSecondsPerGb).toString());
    }
    return table;
  }

  private static MedianRatio ratio(
      Rounds rounds, Contender ours, Contender theirs, ToDoubleFunction<Sample> figure) {
    return MedianRatio.of(rounds.figures(ours, figure), rounds.figures(theirs, figure));
  }

  private static String goals(List<Contender> contenders, Rounds rounds) {
    StringBuilder text = new StringBuilder();
    GOALS.forEach(
        (other, goal) -> {
          if (contenders.contains(other)) {
            MedianRatio ratio = ratio(rounds, Senders.OURS, other, Sample::threadSecondsPerGb);
            text.append(
                String.format(
                    Locale.ROOT,
                    "* against %s: goal at most %.2f, measured %s: **%s**%n",
                    other.label(),
                    goal,
                    ratio,
                    ratio.reaches(goal) ? "met" : "missed"));
          }
        });
    return text.toString();
  }

  private static BarChart chart(List<Contender> contenders, Rounds rounds) {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (Contender contender : contenders) {
      bars.add(
          new BarChart.Bar(
              contender.label(),
              median(rounds, contender, Sample::threadSecondsPerGb),
              contender == Senders.OURS || contender == Senders.OURS_VIRTUAL));
    }
    bars.sort(Comparator.comparingDouble(BarChart.Bar::value));
    return new BarChart(
        "CPU to send a large file over TCP",
        "CPU seconds of the sending thread per GB (less is better)",
        bars);
  }
}
