package io.github.jsendfile.bench.large;

import io.github.jsendfile.bench.Compiler;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.BarChart;
import io.github.jsendfile.bench.figures.MedianRatio;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.peer.Manner;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// CPU per gigabyte, side by side.
public final class LargePart {
  private static final long FILE_BYTES = 1L << 30;

  /// What a peer reads at a time decides much of what sending costs: see the report.
  private static final int LARGE_READ_BYTES = 1 << 20;

  private static final Map<Senders, Double> GOALS = new LinkedHashMap<>();

  static {
    GOALS.put(Senders.C, 1.05);
    GOALS.put(Senders.C_POLLING, 1.05);
    GOALS.put(Senders.COPY_64K, 0.35);
    GOALS.put(Senders.MMAP, 0.45);
    GOALS.put(Senders.STREAM_8K, 0.20);
  }

  /// Those that the others are compared with.
  private static final List<Senders> OURS =
      List.of(Senders.OURS, Senders.OURS_VIRTUAL, Senders.OURS_NATIVE, Senders.OURS_NATIVE_VIRTUAL);

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
    for (Senders sender : chosen()) {
      sender
          .absence()
          .ifPresentOrElse(
              reason -> System.out.println("SKIPPED: " + sender.label() + ": " + reason),
              () -> contenders.add(sender));
    }
    Path file = scratch.file("large", FILE_BYTES);
    StringBuilder tables = new StringBuilder();
    for (Variant variant : variants()) {
      System.out.println(variant.words());
      Placement placement = variant.placement();
      try (Peer peer = new Peer(placement, variant.readBytes())) {
        Setting setting = new Setting(file, peer.port(Manner.FAST), placement, scratch.folder());
        Rounds rounds = Rounds.run(contenders, setting, options.pairs(), options.gib());
        if (tables.isEmpty()) {
          report.picture("cpu-per-gb.svg", chart(contenders, rounds, variant).svg());
        }
        tables.append(tables(contenders, rounds, variant));
      }
    }
    return introduction(load) + tables;
  }

  private List<Senders> chosen() {
    return options.only().isEmpty()
        ? List.of(Senders.values())
        : options.only().stream().map(Senders::valueOf).toList();
  }

  /// How the contenders meet.
  private record Variant(Placement placement, int readBytes) {
    String words() {
      return placement.words() + ", the peer reads " + readBytes / 1024 + " KiB at a time";
    }
  }

  private List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    Placement.available().forEach(each -> variants.add(new Variant(each, options.readBytes())));
    if (options.readBytes() != LARGE_READ_BYTES) {
      variants.add(new Variant(variants.getFirst().placement(), LARGE_READ_BYTES));
    }
    return variants;
  }

  private String introduction(String load) {
    return String.format(
        Locale.ROOT,
        """
        ## Large files: CPU per GB

        A file of 1 GiB in the page cache, over TCP on the loopback interface to one peer process \
        that reads and throws away. %d rounds after a warm one, %d GiB a \
        sample, interleaved by the GiB, a new connection for each; one process per contender, JVMs \
        with `%s`, the native ones also with `%s`. 1 GB is 10^9 bytes. Ratios are JSendfile's CPU \
        time divided by theirs in the same round: the median, and its 95 %% interval (order \
        statistics). For a virtual thread, the time of its carriers and of the platform threads it borrows is taken. Load average before the \
        start: %s. C compiler: %s (-O2).

        ![CPU seconds per GB](cpu-per-gb.svg)

        Two choices decide these ratios as much as the senders do, so each table says which it is of. \
        Cores: over the loopback interface somebody has to do the receiving side's work in the \
        kernel. With a core for each, that is the sending thread, whoever sends; on one core it is \
        not (`perf record` of the C program shows tcp_rcv_established or does not), and the sender \
        has to wait for its peer again and again. Reads: how much the peer takes at a time. The \
        chart is of the first table; read the others before quoting it.

        """,
        options.pairs(),
        options.gib(),
        Senders.jvmOptions(),
        Senders.nativeOptions(),
        load,
        Compiler.version().orElse("none"));
  }

  private static String tables(List<Contender> contenders, Rounds rounds, Variant variant) {
    return String.format(
        Locale.ROOT,
        "### Large files, %s%n%n%s%n%s%n%s%n",
        variant.words(),
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
    List<Senders> ours = OURS.stream().filter(contenders::contains).toList();
    Table table = new Table(words("sending thread against", ours, Senders::label));
    for (Contender other : contenders) {
      if (!OURS.contains(other)) {
        table.row(words(other.label(), ours, each -> ratio(rounds, each, other).toString()));
      }
    }
    return table;
  }

  private static String[] words(String first, List<Senders> rest, Function<Senders, String> word) {
    return Stream.concat(Stream.of(first), rest.stream().map(word)).toArray(String[]::new);
  }

  private static MedianRatio ratio(Rounds rounds, Contender ours, Contender theirs) {
    return MedianRatio.of(
        rounds.figures(ours, Sample::threadSecondsPerGb),
        rounds.figures(theirs, Sample::threadSecondsPerGb));
  }

  private static String goals(List<Contender> contenders, Rounds rounds) {
    StringBuilder text = new StringBuilder();
    GOALS.forEach(
        (other, goal) -> {
          if (contenders.contains(other)) {
            text.append(goal(contenders, rounds, other, goal));
          }
        });
    return text.toString();
  }

  private static String goal(
      List<Contender> contenders, Rounds rounds, Senders other, double goal) {
    StringJoiner verdicts = new StringJoiner("; ");
    for (Senders ours : List.of(Senders.OURS, Senders.OURS_NATIVE)) {
      if (!contenders.contains(ours)) {
        continue;
      }
      MedianRatio ratio = ratio(rounds, ours, other);
      verdicts.add(ours.label() + " " + ratio + ": **" + ratio.verdict(goal) + "**");
    }
    return String.format(
        Locale.ROOT, "* against %s, goal at most %.2f: %s%n", other.label(), goal, verdicts);
  }

  private static BarChart chart(List<Contender> contenders, Rounds rounds, Variant variant) {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (Contender contender : contenders) {
      bars.add(
          new BarChart.Bar(
              contender.label(),
              median(rounds, contender, Sample::threadSecondsPerGb),
              OURS.contains(contender)));
    }
    bars.sort(Comparator.comparingDouble(BarChart.Bar::value));
    return new BarChart(
        "CPU to send a large file over TCP, " + variant.placement().words(),
        "CPU seconds of the sending thread per GB (less is better)",
        bars);
  }
}
