package io.github.jsendfile.ftp.data;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a client says it listens: the arguments of PORT (RFC 959 §4.1.2) and EPRT (RFC 2428 §2).
public final class ActiveAddress {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int PORT_FIELDS = 6;
  private static final int EPRT_FIELDS = 5;

  private ActiveAddress() {}

  /// What EPRT names.
  ///
  /// @param protocol 1 for IPv4, 2 for IPv6, as it was typed
  /// @param host an address, not looked at yet
  /// @param port from 0 to 65535
  public record Extended(String protocol, String host, int port) {
    /// The address, if it is one of the protocol's family. Names are never looked up.
    public Optional<InetSocketAddress> address() {
      Optional<InetAddress> literal = protocol.equals("2") ? ipv6(host) : ipv4(host);
      return literal.map(address -> new InetSocketAddress(address, port));
    }
  }

  /// `h1,h2,h3,h4,p1,p2`.
  ///
  /// @return empty if it is not that
  public static Optional<InetSocketAddress> ofPort(String argument) {
    String[] fields = argument.split(",", -1);
    if (fields.length != PORT_FIELDS) {
      return Optional.empty();
    }
    byte[] octets = new byte[PORT_FIELDS];
    for (int i = 0; i < PORT_FIELDS; i++) {
      String field = fields[i].strip();
      if (!NUMBER.matcher(field).matches() || Integer.parseInt(field) > 255) {
        return Optional.empty();
      }
      octets[i] = (byte) Integer.parseInt(field);
    }
    String host =
        (octets[0] & 0xff)
            + "."
            + (octets[1] & 0xff)
            + "."
            + (octets[2] & 0xff)
            + "."
            + (octets[3] & 0xff);
    int port = ((octets[4] & 0xff) << 8) | (octets[5] & 0xff);
    return ipv4(host).map(address -> new InetSocketAddress(address, port));
  }

  /// `|protocol|address|port|`, with any delimiter.
  ///
  /// @return empty if it is not that
  public static Optional<Extended> ofEprt(String argument) {
    if (argument.isEmpty()) {
      return Optional.empty();
    }
    String delimiter = Pattern.quote(argument.substring(0, 1));
    String[] fields = argument.split(delimiter, -1);
    if (fields.length != EPRT_FIELDS || !fields[4].isEmpty()) {
      return Optional.empty();
    }
    return port(fields[3]).map(port -> new Extended(fields[1], fields[2], port));
  }

  private static Optional<Integer> port(String digits) {
    return NUMBER.matcher(digits).matches() && Integer.parseInt(digits) <= 65535
        ? Optional.of(Integer.parseInt(digits))
        : Optional.empty();
  }

  private static Optional<InetAddress> ipv4(String host) {
    Matcher matcher = IPV4.matcher(host);
    return matcher.matches() ? literal(() -> Inet4Address.ofLiteral(host)) : Optional.empty();
  }

  private static Optional<InetAddress> ipv6(String host) {
    return literal(() -> Inet6Address.ofLiteral(host));
  }

  private static Optional<InetAddress> literal(java.util.function.Supplier<InetAddress> parse) {
    try {
      return Optional.of(parse.get());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
