package io.github.jsendfile.cli.console;

import java.util.function.Supplier;

/// Says, and does, what is to be when a signal ends the process in the middle of a transfer.
public final class Interruption implements AutoCloseable {
  private final Thread hook;

  private Interruption(Runnable action) {
    this.hook = Thread.ofPlatform().name("jsendfile-interrupted").unstarted(action);
  }

  /// On a signal, says so.
  public static Interruption announce(
      Terminal terminal, ProgressBar bar, Supplier<String> consequence) {
    return of(
        () -> {
          bar.close();
          terminal.err().println("jsendfile: interrupted; " + consequence.get());
        });
  }

  /// On a signal, does this.
  public static Interruption of(Runnable action) {
    Interruption interruption = new Interruption(action);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // too late: the process is ending, and the hook runs
    }
  }
}
