package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.PeerStalledException;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.TransferTimeoutException;
import io.github.jsendfile.cli.argument.ByteSize;
import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.ProgressBar;
import io.github.jsendfile.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What `send` and `receive` have in common.
@Command
final class TransferOptions {
  @Option(
      names = "--stall-timeout",
      paramLabel = "TIME",
      order = 6,
      description = "Give up when no byte moves for this long; ${DEFAULT-VALUE} unless told.",
      defaultValue = "30s")
  private TimeLimit stallTimeout = TimeLimit.NONE;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      order = 7,
      description = "Give up when the transfer takes longer than this; none unless told.",
      defaultValue = "none")
  private TimeLimit timeout = TimeLimit.NONE;

  @Option(
      names = "--drop-behind",
      order = 8,
      description = {
        "Have the system's cache give up the file as it goes, for the sake of what others need.",
        "Does nothing where there is no native mechanism."
      })
  private boolean dropBehind;

  @Option(
      names = {"-q", "--quiet"},
      order = 20,
      description = "No progress bar and no last line; errors only.")
  private boolean quiet;

  TimeLimit stallTimeout() {
    return stallTimeout;
  }

  TimeLimit timeout() {
    return timeout;
  }

  boolean dropBehind() {
    return dropBehind;
  }

  boolean quiet() {
    return quiet;
  }

  /// When a transfer that begins now must be over, on the clock of [System#nanoTime()].
  OptionalLong deadline() {
    return timeout.duration().isPresent()
        ? OptionalLong.of(System.nanoTime() + timeout.duration().get().toNanos())
        : OptionalLong.empty();
  }

  /// A limit that has passed, in the words of the command line.
  IOException explain(TransferException failure) {
    String after = ", after " + failure.bytesTransferred() + " bytes";
    return switch (failure) {
      case PeerStalledException _ ->
          new CommandFailure(
              ExitCode.TIMED_OUT,
              "no byte moved for " + stallTimeout + " (--stall-timeout)" + after,
              failure);
      case TransferTimeoutException _ ->
          new CommandFailure(
              ExitCode.TIMED_OUT,
              "it took longer than " + timeout + " (--timeout)" + after,
              failure);
      default -> failure;
    };
  }

  ProgressBar startBar(Terminal terminal, String label, long total) {
    return ProgressBar.start(terminal, quiet, label, total);
  }

  /// The last line of a command that went well.
  void report(
      PrintStream out,
      String verb,
      long bytes,
      Duration elapsed,
      Mechanism mechanism,
      String rest) {
    if (quiet) {
      return;
    }
    double seconds = Math.max(elapsed.toNanos(), 1) / 1e9;
    out.printf(
        Locale.ROOT,
        "%s %d bytes (%s) in %.3f s, %s/s, mechanism %s%s%n",
        verb,
        bytes,
        ByteSize.human((double) bytes),
        seconds,
        ByteSize.human(bytes / seconds),
        mechanism.word(),
        rest);
    out.flush();
  }
}
