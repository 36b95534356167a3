package io.github.jsendfile.bench.crowd;

import io.github.jsendfile.bench.CpuClock;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A few stalled clients and then a new one, all served alike; prints [Facts]. It has to be ended
/// by force. Arguments: how many stall, the ports of the stalled and of the answering peer, the
/// file, the [Situation], and the [Sending].
final class TrapProgram {
  static final String NEVER = "never";

  /// How long a new client waits to be served, and how long CPU time is counted.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /// When it is looked which transfers go on, well after their limit.
  static final Duration LAST_LOOK = Duration.ofSeconds(9);

  /// Where the transfers run.
  enum Situation {
    NEW_CHANNELS("virtual threads, new channels"),
    USED_CHANNELS("virtual threads, used channels"),
    PLATFORM_THREADS("platform threads");

    final String words;

    Situation(String words) {
      this.words = words;
    }

    Thread start(Runnable task) {
      return this == PLATFORM_THREADS
          ? Thread.ofPlatform().daemon().start(task)
          : Thread.startVirtualThread(task);
    }
  }

  private final Situation situation;
  private final Sending sending;
  private final FileChannel file;
  private final List<Thread> stalled = new ArrayList<>();

  private TrapProgram(Situation situation, Sending sending, FileChannel file) {
    this.situation = situation;
    this.sending = sending;
    this.file = file;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    FileChannel file = FileChannel.open(Path.of(arguments[3]), StandardOpenOption.READ);
    TrapProgram program =
        new TrapProgram(Situation.valueOf(arguments[4]), Sending.valueOf(arguments[5]), file);
    Newcomer newcomer = new Newcomer(file, Integer.parseInt(arguments[2]), program.sending);
    newcomer.serve(3); // nobody is in its way yet
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      program.stall(Integer.parseInt(arguments[1]));
    }
    Thread.sleep(500);
    System.out.println(program.look(newcomer));
    Runtime.getRuntime().halt(0);
  }

  private void stall(int port) throws IOException, InterruptedException {
    SocketChannel socket = SocketChannel.open();
    socket.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
    socket.connect(Peer.address(port));
    if (situation == Situation.USED_CHANNELS) {
      Thread.startVirtualThread(() -> StalledTransfer.greet(socket)).join();
    }
    stalled.add(situation.start(() -> send(socket)));
  }

  private void send(SocketChannel socket) {
    try {
      sending.send(file, file.size(), socket);
    } catch (IOException e) {
      System.err.println("  ended: " + e.getMessage());
    }
  }

  private Facts look(Newcomer newcomer) throws InterruptedException {
    Facts facts = new Facts();
    long cpu = CpuClock.processNanos();
    long start = System.nanoTime();
    boolean served = situation.start(newcomer::serveOne).join(PATIENCE);
    facts.put("newcomerMillis", served ? (System.nanoTime() - start) / 1e6 : NEVER);
    sleepUntil(start + PATIENCE.toNanos());
    double elapsed = System.nanoTime() - start;
    facts.put("cores", (CpuClock.processNanos() - cpu) / elapsed);
    sleepUntil(start + LAST_LOOK.toNanos());
    facts.put("waiting", stalled.stream().filter(Thread::isAlive).count());
    return facts;
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
  }
}
