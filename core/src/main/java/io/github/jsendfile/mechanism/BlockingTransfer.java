package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;

/// `FileChannel.transferTo` on a platform thread, which waits for the peer inside the kernel's
/// call, at about the cost of `sendfile(2)` in C, since nothing returns to the JVM in between. The
/// JDK ends the call when the socket is closed, and so when a limit passes.
///
/// It is for peers that keep up: the loop takes the next mechanism once a call has taken long,
/// since while it waits here nobody is told how far it is. It serves files that the transfer opened
/// itself, because the JDK closes the file whose transfer is interrupted.
public final class BlockingTransfer implements Attempt {
  /// Where what the peer takes can be seen from outside the call. A call that has not to wait does
  /// not see a close, and larger ones save nothing (measured).
  private static final long MAX_CALL_BYTES = 4 << 20;

  /// The part of a send buffer that the kernel wants free before it goes on: a call of no more has
  /// ended by then, and what moved is known as often as if it did not wait inside.
  private static final int FREE_FRACTION = 3;

  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  private final ChannelTransfer calls = new ChannelTransfer();

  @Override
  public boolean waitsInside() {
    return true;
  }

  @Override
  public boolean isForFastPeers() {
    return true;
  }

  @Override
  public Optional<String> objection(Source source, Target target) throws IOException {
    if (!LINUX || Thread.currentThread().isVirtual()) {
      return Optional.of("only a platform thread on Linux may wait inside a call");
    }
    if (!source.isOwn()) {
      return Optional.of("an interrupt would close the file");
    }
    Optional<String> objection = calls.objection(source, target);
    SocketChannel socket = target.socketChannel();
    return objection.isEmpty()
            && socket != null
            && !(socket.isBlocking() && socket.getLocalAddress() instanceof InetSocketAddress)
        ? Optional.of("only a TCP socket in blocking mode is waited for inside a call")
        : objection;
  }

  @Override
  public Step move(Source source, long position, long count, Target target) throws IOException {
    SocketChannel socket = Objects.requireNonNull(target.socketChannel());
    long most =
        target.tellsWhatIsTaken()
            ? MAX_CALL_BYTES
            : Math.max(1, socket.getOption(StandardSocketOptions.SO_SNDBUF) / FREE_FRACTION);
    return calls.transfer(source, position, Math.min(count, most), socket);
  }

  @Override
  public boolean stopWaitingInside(Target target) throws IOException {
    return NonBlockingDescriptor.ensure(Objects.requireNonNull(target.socketChannel()));
  }
}
