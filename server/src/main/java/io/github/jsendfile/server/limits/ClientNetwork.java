package io.github.jsendfile.server.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Which addresses are one client's.
public final class ClientNetwork {
  private ClientNetwork() {}

  /// What counts as one client: the address, or the network of 64 bits that an IPv6 client has for
  /// itself. Link-local ones share one network and are told apart.
  ///
  /// @param client an address
  /// @return the first address of the network
  public static InetAddress of(InetAddress client) {
    if (!(client instanceof Inet6Address) || client.isLinkLocalAddress()) {
      return client;
    }
    byte[] bytes = client.getAddress();
    Arrays.fill(bytes, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }
}
