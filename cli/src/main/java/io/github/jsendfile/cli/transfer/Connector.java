package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.cli.argument.Address;
import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;

/// Opens connections, and says in one line why it could not.
///
/// @param timeout how long connecting may take, all addresses of a host together
record Connector(TimeLimit timeout) {
  private static final int FOR_EVER = 0;

  /// Connects.
  ///
  /// @throws CommandFailure if that fails
  Connection connect(Address address) throws CommandFailure {
    try {
      return switch (address) {
        case Address.Unix unix ->
            new Connection(SocketChannel.open(UnixDomainSocketAddress.of(unix.path())));
        case Address.Tcp tcp -> connect(tcp);
      };
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.CONNECTION, "cannot connect to " + address + ": " + reason(address, e), e);
    }
  }

  private Connection connect(Address.Tcp tcp) throws IOException {
    long startedAt = System.nanoTime();
    IOException last = new ConnectException("the host has no address");
    for (InetAddress host : InetAddress.getAllByName(tcp.host())) {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.socket().connect(new InetSocketAddress(host, tcp.port()), millisLeft(startedAt));
        return new Connection(channel);
      } catch (IOException e) {
        channel.close();
        last = e;
      }
    }
    throw last;
  }

  private int millisLeft(long startedAt) throws SocketTimeoutException {
    Duration limit = timeout.duration().orElse(Duration.ZERO);
    if (limit.isZero()) {
      return FOR_EVER;
    }
    long left = limit.minusNanos(System.nanoTime() - startedAt).toMillis();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  private String reason(Address address, Exception failure) {
    return switch (failure) {
      case UnknownHostException _ -> "unknown host; check the name";
      case SocketTimeoutException _ -> "no answer within " + timeout + " (--connect-timeout)";
      case ConnectException _ when isRefused(failure) ->
          "connection refused; is a receiver listening there?";
      default -> reasonIn(failure, address);
    };
  }

  private static boolean isRefused(Exception failure) {
    return String.valueOf(failure.getMessage()).contains("refused");
  }

  private static String reasonIn(Exception failure, Address address) {
    String message = failure.getMessage();
    boolean missing = address instanceof Address.Unix unix && !unix.path().toFile().exists();
    if (missing) {
      return "there is no such socket; is a receiver listening there?";
    }
    return message == null ? failure.getClass().getSimpleName() : message.toLowerCase(Locale.ROOT);
  }
}
