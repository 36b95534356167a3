package io.github.jsendfile.cli.console;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the command answers to the shell. The help of every command and `docs/cli.md` show this
/// table.
public enum ExitCode {
  OK(0, "Everything arrived."),
  FAILED(1, "The transfer failed: the peer reset it, too few bytes, a wrong digest."),
  USAGE(2, "The command line is wrong: nothing was opened or connected."),
  LOCAL_FILE(3, "The local file cannot be read or written, or exists already."),
  CONNECTION(4, "No connection: refused, unknown host, port in use, time-out."),
  TIMED_OUT(5, "The peer stalled, or the whole took longer than --timeout."),
  UNAVAILABLE(6, "No mechanism that --mechanism allows can be had here."),
  INTERNAL(70, "A defect in jsendfile; set JSENDFILE_DEBUG=1 and report what it prints."),
  INTERRUPTED(130, "Stopped by Ctrl-C (143: by SIGTERM)."),
  ;

  public final int value;
  public final String meaning;

  ExitCode(int value, String meaning) {
    this.value = value;
    this.meaning = meaning;
  }

  /// The table as picocli wants it.
  public static Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      table.put(" " + code.value, code.meaning);
    }
    return table;
  }
}
