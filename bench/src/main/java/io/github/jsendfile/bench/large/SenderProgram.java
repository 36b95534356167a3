package io.github.jsendfile.bench.large;

import io.github.jsendfile.bench.CpuClock;
import io.github.jsendfile.bench.peer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A sending process: for every line on standard input, a number, sends the file so many times and
/// prints the [Sample]. Arguments: the row of [Senders], the file, the peer's port.
final class SenderProgram {
  private static Sample total = new Sample(0, 0, 0, 0);

  private SenderProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Senders sender = Senders.valueOf(arguments[0]);
    Path file = Path.of(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      int times = Integer.parseInt(line);
      total = new Sample(0, 0, 0, 0);
      Runnable work = () -> send(sender.way(), file, port, times);
      Thread thread =
          switch (sender.threads()) {
            case PLATFORM -> Thread.ofPlatform().start(work);
            case VIRTUAL -> Thread.ofVirtual().start(work);
          };
      thread.join();
      System.out.println(total);
    }
  }

  private static void send(Way way, Path file, int port, int times) {
    try {
      long size = file.toFile().length();
      for (int i = 0; i < times; i++) {
        try (SocketChannel socket = Peer.connect(port)) {
          total = total.plus(measure(way, file, socket, size));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample measure(Way way, Path file, SocketChannel socket, long size)
      throws IOException {
    long thread = CpuClock.senderNanos();
    long process = CpuClock.processNanos();
    long start = System.nanoTime();
    way.send(file, socket);
    return new Sample(
        size,
        CpuClock.senderNanos() - thread,
        CpuClock.processNanos() - process,
        System.nanoTime() - start);
  }
}
