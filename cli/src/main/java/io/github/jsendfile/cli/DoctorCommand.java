package io.github.jsendfile.cli;

import io.github.jsendfile.Availability;
import io.github.jsendfile.Mechanism;
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
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
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
    boolean right = true;
    try (LoopbackProof proof = LoopbackProof.prepare()) {
      for (Mechanism mechanism : Mechanism.values()) {
        right &= examine(mechanism, proof, out);
      }
    }
    out.flush();
    return right ? ExitCode.OK.value : ExitCode.FAILED.value;
  }

  private static boolean examine(Mechanism mechanism, LoopbackProof proof, PrintStream out) {
    Availability availability = mechanism.availability();
    if (!availability.available()) {
      show(out, mechanism, "-", "not available: " + availability.detail());
      return true;
    }
    try {
      double bytesPerSecond = proof.transfer(mechanism);
      String rate = ByteSize.human(bytesPerSecond) + "/s";
      show(out, mechanism, "ok", "every byte right, " + rate + "; " + availability.detail());
      return true;
    } catch (IOException e) {
      show(out, mechanism, "FAILED", Diagnosis.of(e).message());
      return false;
    }
  }

  private static void show(PrintStream out, Mechanism mechanism, String verdict, String detail) {
    out.printf(Locale.ROOT, "  %-8s %-7s %s%n", mechanism.word(), verdict, detail);
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
