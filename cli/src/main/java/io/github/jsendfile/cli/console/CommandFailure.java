package io.github.jsendfile.cli.console;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A failure whose one line for the user and whose exit code are known where it is found.
public final class CommandFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public CommandFailure(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  public CommandFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
