package io.github.jsendfile.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that says what it is told to, byte for byte, and reads answers.
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
  }

  /// An answer.
  ///
  /// @param lines its head, as it was sent
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, List<String> lines, Map<String, String> fields, byte[] body) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }

    String text() {
      return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /// Asks with a method, a target and more lines; without a body.
  Answer ask(String method, String target, String... lines) throws IOException {
    say(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + joined(lines) + "\r\n");
    return hear(method.equals("HEAD"));
  }

  private static String joined(String... lines) {
    return lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
  }

  void say(String text) throws IOException {
    say(text.getBytes(ISO_8859_1));
  }

  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// Says that nothing more will be said.
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Reads an answer, with its body if it has one.
  Answer hear(boolean isOfHead) throws IOException {
    String first = line();
    int status = Integer.parseInt(first.substring(9, 12));
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> lines = new ArrayList<>(List.of(first));
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
      int colon = line.indexOf(':');
      fields.merge(
          line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    boolean isEmpty = isOfHead || status == 304 || status == 204 || status < 200;
    return new Answer(status, lines, fields, isEmpty ? new byte[0] : body(fields));
  }

  private byte[] body(Map<String, String> fields) throws IOException {
    String coding = fields.getOrDefault("Transfer-Encoding", "");
    if (coding.toLowerCase(Locale.ROOT).equals("chunked")) {
      return chunks();
    }
    String length = fields.get("Content-Length");
    return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int length = Integer.parseInt(line(), 16);
    while (length > 0) {
      body.write(exactly(length));
      line();
      length = Integer.parseInt(line(), 16);
    }
    line();
    return body.toByteArray();
  }

  byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException(bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the answer ended with: " + line);
      }
      line.append((char) c);
    }
    return line.substring(0, line.length() - 1);
  }

  /// All that comes until the server closes the connection.
  byte[] rest() throws IOException {
    return in.readAllBytes();
  }

  /// Whether the server has closed the connection, and nothing more comes.
  boolean hasEnded() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
