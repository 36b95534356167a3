package io.github.jsendfile.server.listener;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.ZoneId;
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
  private final Accepting accepting = new Accepting();
  private boolean failing;

  AcceptLoop(ServerSocketChannel server, Consumer<SocketChannel> accepted) {
    this.server = server;
    this.accepted = accepted;
    // a log line needs the time zones, whose file could not be opened any more; LOG its settings
    LOG.log(Level.DEBUG, "accepting at {0}, time zone {1}", server, ZoneId.systemDefault());
  }

  @Override
  public void run() {
    while (server.isOpen()) {
      try {
        accepted.accept(accepting.accept(server::accept));
        recovered();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        pauseAfter(e);
      }
    }
  }

  /// Closes the listening socket and ends a pause; who listens there next finds the port free.
  void end() {
    ended.countDown();
    try {
      accepting.close(server);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing the listening socket", e);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      tell(Level.INFO, "accepting connections again");
    }
  }

  private void pauseAfter(Throwable failure) {
    if (!server.isOpen()) {
      return;
    }
    if (!failing) {
      failing = true;
      tell(Level.WARNING, "cannot accept connections, trying on: " + failure);
    }
    try {
      boolean _ = ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // nobody but a stranger interrupts this thread, and the status would close the channel
      LOG.log(Level.DEBUG, "interrupted", e);
    }
  }

  /// Logs, if that is possible: a machine that is out of something may be out of it for the log
  /// too, and then the loop is to go on all the same.
  @SuppressWarnings("CatchingUnchecked")
  private static void tell(Level level, String message) {
    try {
      LOG.log(level, message);
    } catch (RuntimeException | Error ignored) { // there is nobody left to tell
    }
  }
}
