package io.github.jsendfile.cli.console;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the command reads and writes. Results go to `out`; progress and errors to `err`.
///
/// @param in standard input, unbuffered
/// @param out standard output
/// @param err standard error
/// @param interactive whether `err` is a terminal that can repaint a line
/// @param columns how wide that terminal is
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, boolean interactive, int columns) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int NARROWEST = 20;

  /// This process's own.
  public static Terminal ofProcess() {
    Map<String, String> environment = System.getenv();
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        System.out,
        System.err,
        !dumb && isTerminal(2),
        columns(environment.getOrDefault("COLUMNS", "")));
  }

  /// Whether a descriptor is a terminal. [System#console()] asks about standard input and output
  /// together; Linux tells of each, without a native call.
  public static boolean isTerminal(int descriptor) {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
  }

  private static int columns(String text) {
    try {
      return Math.max(NARROWEST, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }
}
