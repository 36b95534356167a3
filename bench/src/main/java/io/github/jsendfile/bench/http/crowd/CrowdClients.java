package io.github.jsendfile.bench.http.crowd;

import io.github.jsendfile.bench.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A program that opens many connections to a server, says so, and holds them until its standard
/// input ends: a process has only so many descriptors.
public final class CrowdClients {
  private static final int RECEIVE_BYTES = 16 * 1024;

  private CrowdClients() {}

  /// What clients do once they are there.
  public enum Habit {
    /// They have been answered, and ask for no more.
    IDLE("/small"),
    /// They have asked for a large file, and read nothing of it.
    STALLED("/large");

    private final String target;

    Habit(String target) {
      this.target = target;
    }
  }

  /// Starts them in a process of their own, and waits until all are there.
  public static ChildProcess start(int port, int count, Habit habit) throws IOException {
    List<String> options = List.of("-Xmx256m");
    ChildProcess process =
        new ChildProcess(ChildProcess.java(CrowdClients.class, options, port, count, habit.name()));
    process.answer();
    return process;
  }

  /// The program.
  ///
  /// @param arguments port, how many, [Habit]
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    Habit habit = Habit.valueOf(arguments[2]);
    List<SocketChannel> crowd = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      crowd.add(connect(port, habit));
    }
    System.out.println("here");
    while (System.in.read() >= 0) {}
    for (SocketChannel client : crowd) {
      client.close();
    }
  }

  private static SocketChannel connect(int port, Habit habit) throws IOException {
    SocketChannel client = SocketChannel.open();
    client.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    client.write(request(habit.target));
    if (habit == Habit.IDLE) {
      read(client, ByteBuffer.allocate(4096));
    }
    return client;
  }

  static ByteBuffer request(String target) {
    String head = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    return ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
  }

  /// Reads an answer and its body.
  ///
  /// @param buffer with room for a head
  static void read(SocketChannel client, ByteBuffer buffer) throws IOException {
    buffer.clear();
    int end = -1;
    while (end < 0) {
      more(client, buffer);
      String text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate().flip()).toString();
      end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        rest(client, buffer, buffer.position() - end - 4L, length(text));
      }
    }
  }

  private static long length(String head) {
    String field = "\r\ncontent-length: ";
    int start = head.toLowerCase(Locale.ROOT).indexOf(field) + field.length();
    return Long.parseLong(head.substring(start, head.indexOf("\r\n", start)));
  }

  private static void rest(SocketChannel client, ByteBuffer buffer, long got, long length)
      throws IOException {
    for (long left = length - got; left > 0; ) {
      buffer.clear();
      more(client, buffer);
      left -= buffer.position();
    }
  }

  private static void more(SocketChannel client, ByteBuffer buffer) throws IOException {
    if (client.read(buffer) < 0) {
      throw new IOException("the server has ended the connection");
    }
  }
}
