package io.github.jsendfile.bench.crowd;

import io.github.jsendfile.bench.CpuClock;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// The loop that everybody writes, on virtual threads, with stalled peers; prints [Facts]. It has
/// to be ended by force. Arguments: how many stall, the ports of the stalled and of the
/// answering peer, the file, and whether the channels have been used on a virtual thread
/// before.
final class NaiveProgram {
  static final String NEVER = "never";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private NaiveProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    int stalledPort = Integer.parseInt(arguments[1]);
    FileChannel file = FileChannel.open(Path.of(arguments[3]), StandardOpenOption.READ);
    Newcomer newcomer = new Newcomer(file, Integer.parseInt(arguments[2]));
    newcomer.serve(3); // nobody is in its way yet
    for (int i = 0; i < count; i++) {
      SocketChannel socket = SocketChannel.open();
      socket.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
      socket.connect(Peer.address(stalledPort));
      if (Boolean.parseBoolean(arguments[4])) {
        Thread.startVirtualThread(() -> StalledTransfer.greet(socket)).join();
      }
      Thread.startVirtualThread(() -> transferTo(file, socket));
    }
    Thread.sleep(500);
    Facts facts = new Facts();
    long cpu = CpuClock.processNanos();
    long start = System.nanoTime();
    boolean served = Thread.startVirtualThread(newcomer::serveOne).join(PATIENCE);
    facts.put("newcomerMillis", served ? (System.nanoTime() - start) / 1e6 : NEVER);
    Thread.sleep(Duration.ofNanos(Math.max(0, start + PATIENCE.toNanos() - System.nanoTime())));
    double elapsed = System.nanoTime() - start;
    facts.put("cores", (CpuClock.processNanos() - cpu) / elapsed);
    System.out.println(facts);
    Runtime.getRuntime().halt(0);
  }

  private static void transferTo(FileChannel file, SocketChannel socket) {
    try {
      long size = file.size();
      for (long position = 0; position < size; ) {
        position += file.transferTo(position, size - position, socket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
