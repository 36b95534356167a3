package io.github.jsendfile.cli.console;

import io.github.jsendfile.FileTruncatedException;
import io.github.jsendfile.MechanismUnavailableException;
import io.github.jsendfile.PeerClosedException;
import io.github.jsendfile.PeerStalledException;
import io.github.jsendfile.TransferAbortedException;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.TransferTimeoutException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;

/// A failure as the user is told it: one line and an exit code.
public record Diagnosis(ExitCode exitCode, String message, Throwable failure) {
  private static final String DEBUG = "JSENDFILE_DEBUG";

  public static Diagnosis of(Throwable failure) {
    return switch (failure) {
      case CommandFailure known -> new Diagnosis(known.exitCode(), oneLine(known), known);
      case TransferException transfer -> of(transfer);
      case FileSystemException file ->
          new Diagnosis(ExitCode.LOCAL_FILE, LocalFiles.describe(file), file);
      case IOException other -> new Diagnosis(ExitCode.FAILED, oneLine(other), other);
      default ->
          new Diagnosis(
              ExitCode.INTERNAL,
              "internal error: " + failure + "; set " + DEBUG + "=1 and report what it prints",
              failure);
    };
  }

  private static Diagnosis of(TransferException failure) {
    ExitCode code =
        switch (failure) {
          case PeerStalledException _, TransferTimeoutException _ -> ExitCode.TIMED_OUT;
          case PeerClosedException _, TransferAbortedException _ -> ExitCode.FAILED;
          case MechanismUnavailableException _ -> ExitCode.UNAVAILABLE;
          case FileTruncatedException _ -> ExitCode.LOCAL_FILE;
          default -> ExitCode.LOCAL_FILE;
        };
    return new Diagnosis(code, oneLine(failure), failure);
  }

  public static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return (message == null ? failure.toString() : message).replaceAll("\\s*\\R\\s*", " ");
  }

  /// Whether another peer may do better.
  public boolean isOfThePeer() {
    return exitCode == ExitCode.FAILED || exitCode == ExitCode.TIMED_OUT;
  }

  public void print(PrintStream err) {
    err.println("jsendfile: " + message);
    if (System.getenv(DEBUG) != null) {
      failure.printStackTrace(err);
    }
    err.flush();
  }
}
