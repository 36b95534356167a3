package io.github.jsendfile.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Keeps the cores from going to sleep, by a loop of idle priority on each, which gives way to
/// whatever else there is to do. On a virtual machine it takes several microseconds to wake a
/// sleeping core. Over the loopback interface the sender wakes its peer, and whether that sleeps
/// between two reads is an accident of timing, which would decide every figure.
public final class AwakeCores implements AutoCloseable {
  private final List<Process> loops = new ArrayList<>();

  /// Keeps the cores awake that sender and peer run on; does nothing where `chrt` is missing.
  public AwakeCores(Placement placement) {
    List<String> loop = List.of("chrt", "--idle", "0", "sh", "-c", "while :; do :; done");
    try {
      start(placement.sender(loop));
      start(placement.peer(loop));
    } catch (IOException e) {
      System.out.println("SKIPPED: the cores may sleep: " + e.getMessage());
    }
  }

  private void start(List<String> command) throws IOException {
    loops.add(new ProcessBuilder(command).start());
  }

  @Override
  public void close() {
    loops.forEach(Process::destroy);
  }
}
