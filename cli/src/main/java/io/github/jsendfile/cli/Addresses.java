package io.github.jsendfile.cli;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The addresses under which a server can be reached.
final class Addresses {
  private Addresses() {}

  /// For a browser, this machine's own first.
  static List<String> urls(String scheme, InetSocketAddress listening) {
    InetAddress address = listening.getAddress();
    List<String> urls = new ArrayList<>();
    if (!address.isAnyLocalAddress()) {
      urls.add(url(scheme, address, listening.getPort()));
      return urls;
    }
    urls.add(scheme + "://localhost:" + listening.getPort() + "/");
    ofThisMachine().forEach(each -> urls.add(url(scheme, each, listening.getPort())));
    return urls;
  }

  private static Stream<InetAddress> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
          .sorted(Comparator.comparing(each -> each instanceof Inet6Address));
    } catch (SocketException e) {
      return Stream.empty();
    }
  }

  private static String url(String scheme, InetAddress address, int port) {
    String host = address.getHostAddress().replaceFirst("%.*", "");
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
  }
}
