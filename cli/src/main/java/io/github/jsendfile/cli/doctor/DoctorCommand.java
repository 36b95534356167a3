package io.github.jsendfile.cli.doctor;

import io.github.jsendfile.Availability;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.MechanismUnavailableException;
import io.github.jsendfile.cli.argument.ByteSize;
import io.github.jsendfile.cli.console.Diagnosis;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.Terminal;
import io.github.jsendfile.cli.console.Version;
import io.github.jsendfile.cli.doctor.LoopbackProof.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    header = "Tell what works on this machine, and prove it.",
    description = {
      "",
      "Shows each mechanism, why it cannot be had here if so, and otherwise what a real transfer"
          + " over the loopback interface gave: whether every byte was right, and how fast."
    },
    footer = {
      "",
      "Examples:",
      "  jsendfile doctor",
      "  JSENDFILE_OPTS=-Djsendfile.off=channel jsendfile doctor     without one mechanism"
    })
public final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;
  private boolean worked;
  private boolean failed;
  private String detail = "";

  public DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    PrintStream out = terminal.out();
    out.println("jsendfile " + Version.number());
    out.println("  java     " + Version.java() + ", " + System.getProperty("java.vm.vendor"));
    out.println("           " + System.getProperty("java.home"));
    out.println("  system   " + Version.system() + ", " + processors());
    out.println("  names    " + fileNames());
    out.println();
    out.println("Mechanisms, each proven by " + LoopbackProof.SIZE.human() + " over loopback:");
    try (LoopbackProof proof = LoopbackProof.prepare()) {
      for (Mechanism mechanism : Mechanism.values()) {
        examine(mechanism, proof, out);
      }
    }
    if (!failed && !worked) {
      out.println("Nothing can be sent: every mechanism is switched off or cannot be had.");
    }
    out.flush();
    return (failed ? ExitCode.FAILED : worked ? ExitCode.OK : ExitCode.UNAVAILABLE).value;
  }

  private void examine(Mechanism mechanism, LoopbackProof proof, PrintStream out) {
    Availability availability = mechanism.availability();
    show(out, mechanism.word(), availability.available() ? "" : "-", availability.detail());
    if (!availability.available()) {
      return;
    }
    for (Task task : Task.values()) {
      if (task.suits(mechanism)) {
        show(out, "", verdict(task, mechanism, proof), detail);
      }
    }
  }

  /// What cannot be done here is no failure: the next mechanism does it.
  private String verdict(Task task, Mechanism mechanism, LoopbackProof proof) {
    try {
      String rate = ByteSize.human(proof.carryOut(task, mechanism)) + "/s";
      detail = task.words + ": every byte right, " + rate;
      worked = true;
      return "ok";
    } catch (MechanismUnavailableException e) {
      String reason =
          String.valueOf(e.getMessage()).replaceFirst("^cannot .* mechanisms: (\\w+: )?", "");
      detail = task.words + ": not so, but by the next mechanism; " + reason;
      return "-";
    } catch (IOException e) {
      detail = task.words + ": " + Diagnosis.of(e).message();
      failed = true;
      return "FAILED";
    }
  }

  private static void show(PrintStream out, String mechanism, String verdict, String detail) {
    out.printf(Locale.ROOT, "  %-8s %-7s %s%n", mechanism, verdict, detail);
  }

  private static String processors() {
    int processors = Runtime.getRuntime().availableProcessors();
    return processors + (processors == 1 ? " processor" : " processors");
  }

  private static String fileNames() {
    String encoding = System.getProperty("sun.jnu.encoding", "unknown");
    return encoding.equalsIgnoreCase("UTF-8")
        ? "UTF-8"
        : encoding + ": names with other letters cannot be opened; set LC_ALL=C.UTF-8";
  }
}
