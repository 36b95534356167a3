package io.github.jsendfile.bench.large;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Compiler;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.MedianRatio;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// CPU per gigabyte received into a file, side by side.
public final class ReceivePart {
  static final long FILE_BYTES = 1L << 30;

  private static final Map<Receivers, Double> GOALS = new LinkedHashMap<>();

  static {
    GOALS.put(Receivers.TRANSFER_FROM, 0.5);
    GOALS.put(Receivers.C_SPLICE, 1.1);
  }

  private static final List<Receivers> OURS =
      List.of(Receivers.OURS_NATIVE, Receivers.OURS_NATIVE_VIRTUAL, Receivers.OURS_COPY);

  private final Options options;
  private final Scratch scratch;

  public ReceivePart(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /// Measures, and returns the text for the report.
  public String run() throws IOException {
    String load = Machine.load();
    List<Contender> contenders = new ArrayList<>();
    for (Receivers receiver : Receivers.values()) {
      receiver
          .absence()
          .ifPresentOrElse(
              reason -> System.out.println("SKIPPED: " + receiver.label() + ": " + reason),
              () -> contenders.add(receiver));
    }
    Path received = scratch.file("received", FILE_BYTES);
    Path fed = scratch.file("fed", FILE_BYTES);
    StringBuilder tables = new StringBuilder();
    for (Placement placement : Placement.available()) {
      System.out.println(placement.words());
      List<String> feeder =
          ChildProcess.java(FeederProgram.class, List.of("-Xmx128m", "-XX:+UseSerialGC"), fed);
      try (ChildProcess process = new ChildProcess(placement.peer(feeder))) {
        int port = Integer.parseInt(process.answer());
        Setting setting = new Setting(received, port, placement, scratch.folder());
        Rounds rounds = Rounds.run(contenders, setting, options.pairs(), options.gib());
        tables.append(tables(contenders, rounds, placement));
      }
    }
    return introduction(load) + tables;
  }

  private String introduction(String load) {
    return String.format(
        Locale.ROOT,
        """
        ## Receiving: CPU per GB

        A file of 1 GiB from the page cache of one peer process, by sendfile(2) over TCP on the \
        loopback interface, over a file of 1 GiB that is in the page cache: a new file costs the \
        kernel pages too, which is the same for all, and on a virtual machine that gives pages back \
        to its host differs by a factor of three from one time to the next. %d rounds after a warm \
        one, %d GiB a sample, interleaved by the GiB, a new connection for each; one process per \
        contender, JVMs with `%s`. 1 GB is 10^9 bytes. Ratios are JSendfile's CPU time divided by \
        theirs in the same round: the median, and its 95 %% interval (order statistics). For a \
        virtual thread, its carriers' time is taken. Load average before the start: %s. C compiler: \
        %s (-O2).

        """,
        options.pairs(),
        options.gib(),
        Receivers.jvmOptions(),
        load,
        Compiler.version().orElse("none"));
  }

  private static String tables(List<Contender> contenders, Rounds rounds, Placement placement) {
    return String.format(
        Locale.ROOT,
        "### Receiving, %s%n%n%s%n%s%n%s%n",
        placement.words(),
        figures(contenders, rounds),
        ratios(contenders, rounds),
        goals(contenders, rounds));
  }

  private static Table figures(List<Contender> contenders, Rounds rounds) {
    Table table =
        new Table("medians", "receiving thread, CPU s/GB", "whole process, CPU s/GB", "GB/s");
    for (Contender contender : contenders) {
      table.row(
          contender.label(),
          median(rounds, contender, Sample::threadSecondsPerGb),
          median(rounds, contender, Sample::processSecondsPerGb),
          median(rounds, contender, Sample::gbPerSecond));
    }
    return table;
  }

  private static String median(
      Rounds rounds, Contender contender, ToDoubleFunction<Sample> figure) {
    return Numbers.text(Numbers.median(rounds.figures(contender, figure)));
  }

  private static Table ratios(List<Contender> contenders, Rounds rounds) {
    Table table =
        new Table(
            "receiving thread against",
            OURS.get(0).label(),
            OURS.get(1).label(),
            OURS.get(2).label());
    for (Contender other : contenders) {
      if (!OURS.contains(other)) {
        table.row(
            other.label(),
            ratio(rounds, OURS.get(0), other).toString(),
            ratio(rounds, OURS.get(1), other).toString(),
            ratio(rounds, OURS.get(2), other).toString());
      }
    }
    return table;
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
            MedianRatio ratio = ratio(rounds, Receivers.OURS_NATIVE, other);
            text.append(
                String.format(
                    Locale.ROOT,
                    "* %s against %s, goal at most %.2f: %s: **%s**%n",
                    Receivers.OURS_NATIVE.label(),
                    other.label(),
                    goal,
                    ratio,
                    ratio.verdict(goal)));
          }
        });
    return text.toString();
  }
}
