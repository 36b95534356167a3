package io.github.jsendfile.bench.crowd;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.crowd.TrapProgram.Situation;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.peer.Manner;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Stalled peers, and what a new client notices of them.
public final class CrowdPart {
  private static final long FILE_BYTES = 16 << 20;
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx512m",
          "-Djdk.virtualThreadScheduler.parallelism=2",
          "-Djdk.virtualThreadScheduler.maxPoolSize=2");

  private final Options options;
  private final Scratch scratch;

  public CrowdPart(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /// Measures, and returns the text for the report.
  public String run() throws IOException {
    String load = Machine.load();
    Path file = scratch.file("crowd", FILE_BYTES);
    Table ours =
        new Table(
            "stalled",
            "cores at first",
            "cores then",
            "RSS MiB, stalled",
            "after the new clients",
            "new client p50 ms",
            "p99 ms",
            "max ms",
            "ended right",
            "orphans");
    for (int count : options.crowd()) {
      row(ours, count, crowd(count, file));
    }
    Table naive = new Table("plain transferTo, 2 stalled", "cores", "new client ms");
    for (Situation situation : List.of(Situation.NEW_CHANNELS, Situation.USED_CHANNELS)) {
      Facts facts = ask(TrapProgram.class, 2, file, situation.name(), Sending.TRANSFER_TO.name());
      naive.row(
          situation == Situation.USED_CHANNELS ? "channels used before" : "new channels",
          Numbers.text(facts.number("cores")),
          served(facts.text("newcomerMillis")));
    }
    return text(load, ours, naive);
  }

  private Facts crowd(int count, Path file) throws IOException {
    int stallSeconds = options.quick() ? 30 : 100;
    int newcomers = options.quick() ? 300 : 2000;
    int runs = options.quick() ? 1 : 3;
    return ask(CrowdProgram.class, count, file, stallSeconds, newcomers, runs);
  }

  /// Runs one of our programs with a peer and so many stalled transfers, and returns what it found.
  static Facts ask(Class<?> program, int count, Path file, Object... more) throws IOException {
    try (Peer peer = new Peer()) {
      Object[] arguments = new Object[4 + more.length];
      arguments[0] = count;
      arguments[1] = peer.port(Manner.STALLED);
      arguments[2] = peer.port(Manner.ANSWERING);
      arguments[3] = file;
      System.arraycopy(more, 0, arguments, 4, more.length);
      try (ChildProcess sender =
          new ChildProcess(ChildProcess.java(program, JVM_OPTIONS, arguments))) {
        String answer = sender.answer();
        System.out.println(program.getSimpleName() + " " + count + ": " + answer);
        return Facts.parse(answer);
      }
    }
  }

  private static void row(Table table, int count, Facts facts) {
    String gone = facts.text("goneTooSoon");
    table.row(
        Integer.toString(count),
        String.format(Locale.ROOT, "%.3f", facts.number("coresAtFirst")),
        String.format(Locale.ROOT, "%.3f", facts.number("cores")),
        Long.toString(Math.round(facts.number("rssMiB"))),
        Long.toString(Math.round(facts.number("rssMiBAfter"))),
        Numbers.text(facts.number("p50")),
        Numbers.text(facts.number("p99")),
        Numbers.text(facts.number("max")),
        facts.text("endedRight") + (gone.equals("0") ? "" : ", " + gone + " too soon"),
        facts.text("orphans"));
  }

  private static String served(String millis) {
    return millis.equals(TrapProgram.NEVER) ? millis : Numbers.text(Double.parseDouble(millis));
  }

  private static String text(String load, Table ours, Table naive) {
    return String.format(
        Locale.ROOT,
        """
        ## The stalled crowd

        So many transfers, one virtual thread each, to peers that read nothing; half of the channels \
        have been used on a virtual thread before. Sender: `%s`, SO_SNDBUF 64 KiB; peers in another \
        process, SO_RCVBUF 16 KiB. Cores: CPU time of the sending process over the \
        first quarter of the stall limit and a fourth of it more, in which it looks for each descriptor, and \
        over the next quarter, in which it only asks what the peers have taken. A new client connects, gets 1 MiB and says that \
        all has arrived; the best run by p99. RSS: with all stalled, and after the new clients. Ended right: \
        by its stallTimeout, with the count that the kernel's own queues showed, or up to 4 KiB more, \
        since the write that waited is tried once more while the channel is being closed. Orphans: in \
        /proc/net/sockstat afterwards. Load average before the start: %s.

        %s
        The same with the loop that everybody writes, a new client served likewise, ended by force:

        %s""",
        String.join(" ", JVM_OPTIONS),
        load,
        ours,
        naive);
  }
}
