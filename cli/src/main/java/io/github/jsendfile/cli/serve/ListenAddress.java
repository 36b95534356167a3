package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.argument.Address;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a server listens, as a person writes it: `PORT`, `HOST:PORT`, `[IPv6]:PORT`; `*:PORT` is
/// everyone.
///
/// @param host as typed, null if only a port was
/// @param port 0 for any free one
public record ListenAddress(@Nullable String host, int port) {
  /// Reads an address.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the user
  public static ListenAddress parse(String text) {
    Address address = Address.parseListener(text);
    if (!(address instanceof Address.Tcp tcp)) {
      throw new IllegalArgumentException("\"" + text + "\" is no TCP address; write [HOST:]PORT");
    }
    return new ListenAddress(text.matches("\\d+") ? null : tcp.host(), tcp.port());
  }

  Optional<String> namedHost() {
    return Optional.ofNullable(host);
  }

  /// The address to bind.
  ///
  /// @param everyone whether a port alone means all of this machine's addresses
  /// @throws CommandFailure if the host is unknown
  InetSocketAddress resolve(boolean everyone) throws CommandFailure {
    if (host == null) {
      return everyone
          ? new InetSocketAddress(port)
          : new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
    if (host.equals("*")) {
      return new InetSocketAddress(port);
    }
    InetSocketAddress resolved = new InetSocketAddress(host, port);
    if (resolved.isUnresolved()) {
      throw new CommandFailure(
          ExitCode.CONNECTION, "cannot listen at " + this + ": unknown host; check the name");
    }
    return resolved;
  }

  /// What the user is told when a server cannot listen there.
  CommandFailure refusedBy(BindException failure) {
    String reason =
        String.valueOf(failure.getMessage()).contains("in use")
            ? "it is in use; choose another port, or 0 for any free one"
            : "this machine has no such address, or may not use the port";
    return new CommandFailure(
        ExitCode.CONNECTION, "cannot listen at " + this + ": " + reason, failure);
  }

  @Override
  public String toString() {
    if (host == null) {
      return Integer.toString(port);
    }
    return new Address.Tcp(host, port).toString();
  }
}
