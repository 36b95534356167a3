package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client's control connection, spoken by hand: nothing between the test and the wire.
public final class Dialogue implements AutoCloseable {
  private static final Pattern EPSV = Pattern.compile("229 .*\\(\\|\\|\\|(\\d+)\\|\\).*");
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket control;
  private final InputStream in;

  private Dialogue(Socket control) throws IOException {
    this.control = control;
    this.in = control.getInputStream();
    control.setSoTimeout(PATIENCE_MILLIS);
    control.setTcpNoDelay(true);
  }

  /// Connects and does not wait for the greeting.
  public static Dialogue connect(FtpServer server) throws IOException {
    return new Dialogue(new Socket(server.address().getAddress(), server.port()));
  }

  /// Connects and reads the greeting.
  public static Dialogue greeted(FtpServer server) throws IOException {
    Dialogue dialogue = connect(server);
    assertThat(dialogue.reply()).startsWith("220 ");
    return dialogue;
  }

  /// Connects and logs in.
  public static Dialogue loggedIn(FtpServer server, String user, String password)
      throws IOException {
    Dialogue dialogue = greeted(server);
    assertThat(dialogue.say("USER " + user)).startsWith("331 ");
    assertThat(dialogue.say("PASS " + password)).startsWith("230 ");
    return dialogue;
  }

  /// The client's end.
  public Socket socket() {
    return control;
  }

  /// Sends a line.
  public void send(String line) throws IOException {
    send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Sends octets.
  public void send(byte[] octets) throws IOException {
    control.getOutputStream().write(octets);
  }

  /// Sends a line and reads a reply.
  public String say(String line) throws IOException {
    send(line);
    return reply();
  }

  /// Reads a reply, its lines joined by line feeds.
  public String reply() throws IOException {
    String line = line();
    if (line.charAt(3) == ' ') {
      return line;
    }
    String last = line.substring(0, 3) + " ";
    StringBuilder reply = new StringBuilder(line);
    do {
      line = line();
      reply.append('\n').append(line);
    } while (!line.startsWith(last));
    return reply.toString();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the server has closed the control connection");
      }
      line.write(octet);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("\r");
    return text.substring(0, text.length() - 1);
  }

  /// Whether the server has closed, and said nothing more.
  public boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /// The port of a new passive listener.
  public int passivePort() throws IOException {
    String reply = say("EPSV");
    Matcher matcher = EPSV.matcher(reply);
    assertThat(matcher.matches()).as(reply).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /// A new passive data connection.
  public Socket passive() throws IOException {
    Socket data = new Socket(control.getInetAddress(), passivePort());
    data.setSoTimeout(PATIENCE_MILLIS);
    return data;
  }

  /// A new passive data connection of another address than the client's.
  public Socket passiveFrom(InetAddress address) throws IOException {
    Socket data = new Socket(control.getInetAddress(), passivePort(), address, 0);
    data.setSoTimeout(PATIENCE_MILLIS);
    return data;
  }

  /// What a command sends over a new data connection; the transfer has to succeed.
  public byte[] download(String command) throws IOException {
    try (Socket data = passive()) {
      assertThat(say(command)).startsWith("1");
      byte[] octets = data.getInputStream().readAllBytes();
      assertThat(reply()).startsWith("226 ");
      return octets;
    }
  }

  /// The same, as text.
  public String list(String command) throws IOException {
    return new String(download(command), StandardCharsets.UTF_8);
  }

  /// Sends octets for a command over a new data connection, and reads the reply behind it.
  public String upload(String command, byte[] octets) throws IOException {
    try (Socket data = passive()) {
      assertThat(say(command)).startsWith("1");
      data.getOutputStream().write(octets);
    }
    return reply();
  }

  @Override
  public void close() throws IOException {
    control.close();
  }
}
