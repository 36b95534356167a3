package io.github.jsendfile.bench.crowd;

import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.crowd.TrapProgram.Situation;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// The demonstration of what plain `transferTo` does with two clients that stop reading, and of the
/// same program with JSendfile. Prints a table; no report is written.
public final class TrapPart {
  private static final int STALLED = 2;

  private TrapPart() {}

  /// Runs it.
  public static void run(Scratch scratch) throws IOException {
    Path file = scratch.file("trap", 16 << 20);
    String look = TrapProgram.LAST_LOOK.toSeconds() + " s";
    Table table =
        new Table("2 stalled clients", "sent by", "cores", "a new client's 1 MiB", "after " + look);
    for (Situation situation : Situation.values()) {
      for (Sending sending : Sending.values()) {
        System.out.println(situation.words + ", " + sending.words + " …");
        Facts facts =
            CrowdPart.ask(TrapProgram.class, STALLED, file, situation.name(), sending.name());
        table.row(
            situation.words,
            sending.words,
            String.format(Locale.ROOT, "%.2f", facts.number("cores")),
            served(facts.text("newcomerMillis")),
            fate((int) facts.number("waiting")));
      }
    }
    System.out.println();
    System.out.println(table);
  }

  private static String served(String millis) {
    return millis.equals(TrapProgram.NEVER)
        ? "not within " + TrapProgram.PATIENCE.toSeconds() + " s"
        : Numbers.text(Double.parseDouble(millis)) + " ms";
  }

  private static String fate(int waiting) {
    return waiting == 0 ? "ended by their limit" : waiting + " hang";
  }
}
