package io.github.jsendfile.server.listener;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A listening socket that fails as it is told, then accepts one connection, then waits.
final class ScriptedServer extends ServerSocketChannel {
  final Queue<Throwable> script = new ConcurrentLinkedQueue<>();
  volatile @Nullable SocketChannel next;
  private final CountDownLatch closed = new CountDownLatch(1);

  ScriptedServer() {
    super(SelectorProvider.provider());
  }

  @Override
  public SocketChannel accept() throws IOException {
    switch (script.poll()) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
    SocketChannel accepted = next;
    next = null;
    return accepted == null ? awaitClose() : accepted;
  }

  private SocketChannel awaitClose() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AsynchronousCloseException();
  }

  @Override
  protected void implCloseSelectableChannel() {
    closed.countDown();
  }

  @Override
  protected void implConfigureBlocking(boolean block) {}

  @Override
  public ServerSocketChannel bind(SocketAddress local, int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T getOption(SocketOption<T> name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return Set.of();
  }

  @Override
  public ServerSocket socket() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SocketAddress getLocalAddress() {
    throw new UnsupportedOperationException();
  }
}
