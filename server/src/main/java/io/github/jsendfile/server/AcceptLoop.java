package io.github.jsendfile.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Accepts until the listening socket is closed, whatever fails meanwhile: a server that is out of
/// descriptors or of memory has them again when a connection ends, and who waits in the backlog is
/// served then.
final class AcceptLoop implements Runnable {
  private static final System.Logger LOG = System.getLogger(AcceptLoop.class.getPackageName());
  private static final long PAUSE_MILLIS = 50;

  private final ServerSocketChannel server;
  private final Consumer<SocketChannel> accepted;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean failing;

  AcceptLoop(ServerSocketChannel server, Consumer<SocketChannel> accepted) {
    this.server = server;
    this.accepted = accepted;
  }

  @Override
  public void run() {
    while (server.isOpen()) {
      try {
        accepted.accept(server.accept());
        recovered();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        pauseAfter(e);
      }
    }
  }

  /// Closes the listening socket and ends a pause.
  void end() {
    ended.countDown();
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing the listening socket", e);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.log(Level.INFO, "accepting connections again");
    }
  }

  private void pauseAfter(Throwable failure) {
    if (!server.isOpen()) {
      return;
    }
    if (!failing) {
      failing = true;
      LOG.log(Level.WARNING, "cannot accept connections, trying on: {0}", failure.toString());
    }
    try {
      boolean _ = ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // nobody but a stranger interrupts this thread, and the status would close the channel
      LOG.log(Level.DEBUG, "interrupted", e);
    }
  }
}
