package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.argument.Address;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The addresses under which others reach this machine.
final class LocalAddresses {
  private LocalAddresses() {}

  /// The URLs that work for a server that listens there: this machine's first, then those for
  /// others, IPv4 before IPv6.
  ///
  /// @param scheme `http` or `ftp`
  static List<String> urls(String scheme, InetSocketAddress listener) {
    InetAddress address = listener.getAddress();
    if (!address.isAnyLocalAddress()) {
      return List.of(url(scheme, address, listener.getPort()));
    }
    List<String> urls = new ArrayList<>();
    urls.add(scheme + "://localhost:" + listener.getPort() + "/");
    for (InetAddress other : ofThisMachine()) {
      if (other instanceof Inet4Address || address instanceof Inet6Address) {
        urls.add(url(scheme, other, listener.getPort()));
      }
    }
    return urls;
  }

  /// Whether others than this machine can reach such a URL.
  static boolean isForOthers(String url) {
    String host = url.substring(url.indexOf("//") + 2);
    return !host.startsWith("localhost:") && !host.startsWith("127.") && !host.startsWith("[::1]");
  }

  private static String url(String scheme, InetAddress address, int port) {
    String host = address.getHostAddress();
    int zone = host.indexOf('%');
    String literal = zone < 0 ? host : host.substring(0, zone);
    return scheme + "://" + new Address.Tcp(compress(literal), port) + "/";
  }

  /// `0:0:0:0:0:0:0:1` is how Java writes `::1`.
  private static String compress(String host) {
    return host.contains(":")
        ? host.replaceFirst("(^|:)0(:0)+(:|$)", "::").replace(":::", "::")
        : host;
  }

  /// A link-local address works only with a zone, which browsers refuse.
  private static List<InetAddress> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LocalAddresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .sorted(Comparator.comparing(address -> address instanceof Inet6Address))
          .toList();
    } catch (SocketException e) {
      return List.of(); // the addresses are a courtesy
    }
  }

  private static boolean isUp(NetworkInterface networkInterface) {
    try {
      return networkInterface.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
