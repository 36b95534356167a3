package io.github.jsendfile.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which cores the sender and its peer run on. Left alone the scheduler moves them together and
/// apart as it likes, and every figure has two values: with a core for each, the sending thread
/// does the receiving side's work of the loopback interface as well; on one core it does not.
public enum Placement {
  /// The peer keeps the sender waiting.
  ONE_CORE("sender and peer on one core"),
  /// Neither ever waits for a core.
  CORES_APART("sender and peer on cores apart"),
  /// Wherever the scheduler puts them.
  ANYWHERE("sender and peer wherever the scheduler puts them");

  private final String words;

  Placement(String words) {
    this.words = words;
  }

  /// What this machine can do.
  public static List<Placement> available() {
    if (!hasTaskset()) {
      return List.of(ANYWHERE);
    }
    return cores() < 2 ? List.of(ONE_CORE) : List.of(ONE_CORE, CORES_APART);
  }

  /// For a heading.
  public String words() {
    return words;
  }

  /// The sender's command line, on its core.
  public List<String> sender(List<String> command) {
    return on(cores() - 1, command);
  }

  /// The peer's command line, on its core.
  public List<String> peer(List<String> command) {
    return on(this == CORES_APART ? 0 : cores() - 1, command);
  }

  private List<String> on(int core, List<String> command) {
    if (this == ANYWHERE) {
      return command;
    }
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    pinned.addAll(command);
    return pinned;
  }

  /// Moves this process, and with it all it will start, to one core or, with
  /// [#ANYWHERE], to all of them.
  public void moveThisProcess() throws IOException {
    if (!hasTaskset()) {
      return;
    }
    int last = cores() - 1;
    String list = this == ANYWHERE ? "0-" + last : Integer.toString(last);
    String pid = Long.toString(ProcessHandle.current().pid());
    run("taskset", "-a", "-p", "-c", list, pid);
  }

  private static boolean hasTaskset() {
    try {
      run("taskset", "-V");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(String.join(" ", command) + " was interrupted", e);
    }
  }

  /// The machine's, whatever this process is allowed.
  private static int cores() {
    return Cores.COUNT;
  }

  private static final class Cores {
    private static final int COUNT = count();

    private static int count() {
      Optional<String> online = Machine.line("/sys/devices/system/cpu/online");
      return online
          .map(list -> Integer.parseInt(list.replaceAll(".*[-,]", "")) + 1)
          .orElse(Runtime.getRuntime().availableProcessors());
    }
  }
}
