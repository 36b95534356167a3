package io.github.jsendfile.bench.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The one client of all servers: throws away what it gets, sends bytes of no meaning.
final class FtpClient implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int LINE_BYTES = 4096;

  /// A session that is idle has none of it.
  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));

  private final SocketChannel control;
  private final ByteBuffer line = ByteBuffer.allocate(LINE_BYTES).flip();

  private FtpClient(SocketChannel control) {
    this.control = control;
  }

  /// Logs in as `anonymous`.
  static FtpClient logIn(int port) throws IOException {
    FtpClient client = new FtpClient(connect(port));
    String _ = client.reply("220");
    client.write("USER anonymous");
    if (client.reply().startsWith("331")) {
      client.say("PASS x@y", "230");
    }
    client.say("TYPE I", "200");
    return client;
  }

  private static SocketChannel connect(int port) throws IOException {
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /// Gets a file.
  ///
  /// @return how many bytes came
  long retrieve(String name) throws IOException {
    long count = 0;
    try (SocketChannel data = data("RETR " + name)) {
      ByteBuffer buffer = BUFFER.get();
      for (int read = data.read(buffer.clear()); read >= 0; read = data.read(buffer.clear())) {
        count += read;
      }
    }
    String _ = reply("226");
    return count;
  }

  /// Stores a file.
  ///
  /// @return how many bytes went
  long store(String name, long bytes) throws IOException {
    try (SocketChannel data = data("STOR " + name)) {
      ByteBuffer buffer = BUFFER.get();
      for (long left = bytes; left > 0; ) {
        buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
        left -= data.write(buffer);
      }
    }
    String _ = reply("226");
    return bytes;
  }

  private SocketChannel data(String command) throws IOException {
    write("EPSV");
    String[] fields = reply("229").split("\\|", -1);
    SocketChannel data = connect(Integer.parseInt(fields[3]));
    say(command, "1");
    return data;
  }

  /// Ends the session in order.
  void quit() throws IOException {
    say("QUIT", "221");
    close();
  }

  private void say(String command, String expected) throws IOException {
    write(command);
    String _ = reply(expected);
  }

  private void write(String command) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    while (octets.hasRemaining()) {
      control.write(octets);
    }
  }

  private String reply(String expected) throws IOException {
    String reply = reply();
    if (!reply.startsWith(expected)) {
      throw new IOException("expected " + expected + ", got " + reply);
    }
    return reply;
  }

  private String reply() throws IOException {
    String text = line();
    String last = text.substring(0, 3) + " ";
    while (!text.startsWith(last)) {
      text = line();
    }
    return text;
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      while (line.hasRemaining()) {
        char octet = (char) line.get();
        if (octet == '\n') {
          return text.toString().strip();
        }
        text.append(octet);
      }
      line.clear();
      if (control.read(line) < 0) {
        throw new EOFException("the server has closed: " + text);
      }
      line.flip();
    }
  }

  @Override
  public void close() throws IOException {
    control.close();
  }
}
