package io.github.jsendfile.cli.argument;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One end of a connection: `HOST:PORT`, `[IPv6]:PORT` or `unix:PATH`.
public sealed interface Address {
  /// A TCP port; a listener may have port 0, which means any free one.
  record Tcp(String host, int port) implements Address {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /// A UNIX-domain socket.
  record Unix(Path path) implements Address {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /// Where a listener is unless told otherwise: this machine only.
  String LOOPBACK = "127.0.0.1";

  Pattern BRACKETED = Pattern.compile("\\[([0-9A-Fa-f:.]+(?:%\\w+)?)]:(.*)");
  Pattern PLAIN = Pattern.compile("([^\\s:/\\[\\]]+):(.*)");

  /// Reads the address of a peer.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the user
  public static Address parsePeer(String text) {
    return parse(text, 1);
  }

  /// Reads the address to listen at; a port alone is one of this machine only.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the user
  public static Address parseListener(String text) {
    return text.matches("-?\\d+") ? new Tcp(LOOPBACK, port(text, 0)) : parse(text, 0);
  }

  private static Address parse(String text, int lowestPort) {
    if (text.startsWith("unix:")) {
      return unix(text.substring("unix:".length()));
    }
    for (Pattern form : new Pattern[] {BRACKETED, PLAIN}) {
      Matcher matcher = form.matcher(text);
      if (matcher.matches() && !matcher.group(2).contains(":")) {
        return new Tcp(matcher.group(1), port(matcher.group(2), lowestPort));
      }
    }
    if (text.chars().filter(c -> c == ':').count() > 1 && !text.contains("/")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not HOST:PORT; write an IPv6 address in brackets: [::1]:9000");
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is not an address; write HOST:PORT, [IPv6]:PORT or unix:PATH");
  }

  private static Address unix(String path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("\"unix:\" lacks the path of the socket");
    }
    try {
      return new Unix(Path.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + path + "\" is no path: " + e.getReason(), e);
    }
  }

  private static int port(String text, int lowest) {
    if (!text.matches("-?\\d+")) {
      throw new IllegalArgumentException("\"" + text + "\" is not a port number");
    }
    int port = text.length() > 6 ? -1 : Integer.parseInt(text);
    if (port < lowest || port > 65_535) {
      throw new IllegalArgumentException(
          "port " + text + " is out of range; ports go from " + lowest + " to 65535");
    }
    return port;
  }
}
