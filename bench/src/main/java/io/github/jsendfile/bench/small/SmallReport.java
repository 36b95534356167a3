package io.github.jsendfile.bench.small;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;

/// The tables of the JMH benchmarks.
final class SmallReport {
  private final String load;
  private final String jvmOptions;
  private final StringBuilder tables = new StringBuilder();
  private final Table waits =
      new Table(
          "1 MiB in bursts", "sending thread, CPU µs", "whole process, CPU µs", "waits", "µs/wait");

  SmallReport(String load, String jvmOptions) {
    this.load = load;
    this.jvmOptions = jvmOptions;
  }

  /// 4 KiB with a head.
  void files(Collection<RunResult> results) {
    Table table =
        new Table(
            "4 KiB with a head",
            "sending thread, CPU µs",
            "whole process, CPU µs",
            "µs",
            "segments");
    for (RunResult result : results) {
      table.row(
          words(result.getPrimaryResult().getLabel()) + pace(result),
          figure(result, CpuProfiler.SENDER),
          figure(result, CpuProfiler.PROCESS),
          Numbers.text(result.getPrimaryResult().getScore()),
          figure(result, CpuProfiler.SEGMENTS));
    }
    tables.append("### A small file with a head\n\n").append(table).append('\n');
    tables.append(
        "Segments are all that the machine sent meanwhile, answers and acknowledgements included."
            + "\n\n");
  }

  /// One call, by size.
  void calls(Collection<RunResult> results) {
    Map<CallCost.Call, Map<String, Double>> byCall = new LinkedHashMap<>();
    Set<String> sizes = new LinkedHashSet<>();
    for (RunResult result : results) {
      String bytes = result.getParams().getParam("bytes");
      CallCost.Call call = CallCost.Call.valueOf(result.getParams().getParam("call"));
      sizes.add(bytes);
      byCall
          .computeIfAbsent(call, key -> new LinkedHashMap<>())
          .put(bytes, score(result, CpuProfiler.SENDER));
    }
    Table table = new Table(row("CPU µs a call, sending thread", sizes.stream()));
    byCall.forEach(
        (call, figures) ->
            table.row(
                row(
                    call.label,
                    sizes.stream()
                        .map(bytes -> Numbers.text(figures.getOrDefault(bytes, Double.NaN))))));
    tables.append("### The price of a call, by size in bytes\n\n").append(table).append('\n');
  }

  private static String[] row(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).toArray(String[]::new);
  }

  /// Waits on one kind of thread.
  void waits(String threads, Collection<RunResult> results) {
    for (RunResult result : results) {
      double waitsEach = score(result, CpuProfiler.WAITS);
      boolean counted = waitsEach > 0;
      waits.row(
          words(result.getPrimaryResult().getLabel()) + ", " + threads + " thread",
          figure(result, CpuProfiler.SENDER),
          figure(result, CpuProfiler.PROCESS),
          counted ? Numbers.text(waitsEach) : "in the kernel",
          counted ? Numbers.text(score(result, CpuProfiler.PROCESS) / waitsEach) : "");
    }
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """
        ## Small files, the price of a call, the price of a wait

        JMH on platform threads where nothing else is said, JVM options `%s`; TCP on the loopback \
        interface with TCP_NODELAY, sender and peer on one core. Where calls are answered, the peer says that all has arrived before the next one \
        begins, as a client does that asks again; what waiting for that costs is in all figures alike. Calls by size send another part of a large file each time, so that \
        its bytes are in no cache of the CPU's. \
        Load average before the start: %s.

        %s%s""",
        jvmOptions,
        load,
        tables,
        waits.isEmpty() ? "" : waitsText());
  }

  private String waitsText() {
    return String.format(
        Locale.ROOT,
        """
        ### The price of a wait

        1 MiB to a peer that reads up to 64 KiB at a time and then pauses 50 µs; SO_SNDBUF 64 KiB, \
        SO_RCVBUF 16 KiB. A wait's price is the CPU time of the whole process divided by the waits, \
        so it has in it what sending the bytes in between costs.

        %s""",
        waits);
  }

  private static double score(RunResult result, String name) {
    return requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }

  private static String figure(RunResult result, String name) {
    return Numbers.text(score(result, name));
  }

  private static String pace(RunResult result) {
    return Boolean.parseBoolean(result.getParams().getParam("answered"))
        ? ", answered"
        : ", stream";
  }

  /// `pathHeadThenTransferTo` as "path head then transfer to".
  private static String words(String method) {
    return method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
