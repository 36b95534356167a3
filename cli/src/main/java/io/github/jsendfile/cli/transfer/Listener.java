package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.cli.argument.Address;
import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.Interruption;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Waits for connections at an address.
final class Listener implements AutoCloseable {
  private static final int BACKLOG = 16;

  private final Address address;
  private final ServerSocketChannel channel;
  private @Nullable Interruption interruption;

  private Listener(Address asked, ServerSocketChannel channel) throws IOException {
    this.channel = channel;
    this.address =
        channel.getLocalAddress() instanceof InetSocketAddress bound
                && asked instanceof Address.Tcp tcp
            ? new Address.Tcp(tcp.host(), bound.getPort())
            : asked;
    if (asked instanceof Address.Unix unix) {
      interruption = Interruption.of(() -> remove(unix.path()));
    }
  }

  /// Begins to listen.
  ///
  /// @throws CommandFailure if that fails
  static Listener at(Address address) throws IOException {
    ServerSocketChannel channel =
        address instanceof Address.Unix
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    try {
      channel.bind(socketAddress(address), BACKLOG);
      channel.configureBlocking(false);
      return new Listener(address, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new CommandFailure(
          ExitCode.CONNECTION, "cannot listen at " + address + ": " + reason(e), e);
    }
  }

  private static SocketAddress socketAddress(Address address) throws IOException {
    return switch (address) {
      case Address.Unix unix -> UnixDomainSocketAddress.of(unix.path());
      case Address.Tcp tcp -> {
        InetSocketAddress resolved =
            tcp.host().equals("*")
                ? new InetSocketAddress(tcp.port())
                : new InetSocketAddress(tcp.host(), tcp.port());
        if (resolved.isUnresolved()) {
          throw new BindException("unknown host; check the name");
        }
        yield resolved;
      }
    };
  }

  private static String reason(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("in use")) {
      return "it is in use; choose another port, or 0 for any free one";
    }
    if (message.contains("Cannot assign")) {
      return "this machine has no such address";
    }
    return message;
  }

  /// Where it listens, with the port that was chosen.
  Address address() {
    return address;
  }

  /// Waits for the next connection.
  ///
  /// @throws CommandFailure if none comes in time
  Connection accept(TimeLimit limit) throws IOException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_ACCEPT);
      Optional<Duration> patience = limit.duration();
      long deadline = System.nanoTime() + patience.orElse(Duration.ZERO).toNanos();
      while (true) {
        SocketChannel accepted = channel.accept();
        if (accepted != null) {
          return new Connection(accepted);
        }
        long left = patience.isEmpty() ? 0 : (deadline - System.nanoTime()) / 1_000_000 + 1;
        if (patience.isPresent() && left <= 1) {
          throw new CommandFailure(
              ExitCode.CONNECTION, "nobody connected to " + address + " within " + limit);
        }
        selector.select(left);
      }
    }
  }

  private static void remove(Path socket) {
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      // it is only a name
    }
  }

  /// Refuses whoever comes from now on.
  void stop() throws IOException {
    boolean open = channel.isOpen();
    channel.close();
    if (interruption != null) {
      interruption.close();
    }
    if (open && address instanceof Address.Unix unix) {
      remove(unix.path());
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
