package io.github.jsendfile.bench.large;

import io.github.jsendfile.bench.CpuClock;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Scanner;

/// A receiving process: for every number on standard input, receives so many files, each over a new
/// connection and over the content of a file that is there, and prints the [Sample]. Arguments: the
/// row of [Receivers], the file, the feeder's port, the length.
final class ReceiverProgram {
  private static Sample total = new Sample(0, 0, 0, 0);

  private ReceiverProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    Receivers receiver = Receivers.valueOf(arguments[0]);
    Path file = Path.of(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    long length = Long.parseLong(arguments[3]);
    Scanner commands = new Scanner(System.in, StandardCharsets.UTF_8);
    while (commands.hasNextInt()) {
      int times = commands.nextInt();
      total = new Sample(0, 0, 0, 0);
      Runnable work = () -> receive(receiver, file, port, length, times);
      Thread thread =
          receiver.isVirtual() ? Thread.ofVirtual().start(work) : Thread.ofPlatform().start(work);
      thread.join();
      System.out.println(total);
    }
  }

  private static void receive(Receivers receiver, Path file, int port, long length, int times) {
    try {
      for (int i = 0; i < times; i++) {
        try (SocketChannel socket = Peer.connect(port);
            FileChannel target = FileChannel.open(file, StandardOpenOption.WRITE)) {
          total = total.plus(measure(receiver, socket, target, length));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample measure(
      Receivers receiver, SocketChannel socket, FileChannel target, long length)
      throws IOException {
    long thread = CpuClock.senderNanos();
    long process = CpuClock.processNanos();
    long start = System.nanoTime();
    long received = receiver.way().receive(socket, target, length);
    Sample sample =
        new Sample(
            length,
            CpuClock.senderNanos() - thread,
            CpuClock.processNanos() - process,
            System.nanoTime() - start);
    if (received != length) {
      throw new IOException(receiver.label() + " wrote " + received + " bytes");
    }
    return sample;
  }
}
