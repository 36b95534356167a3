package io.github.jsendfile.ftp.data;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One transfer, on a virtual thread of its own: waits for the data connection, moves the cargo,
/// closes the connection, makes the cargo last, tells the outcome. Who stops it closes the
/// socket; nobody interrupts.
public final class Transfer {
  private enum Phase {
    WAITING,
    MOVING,
    COMPLETING,
    OVER
  }

  private final DataRoute route;
  private final Cargo cargo;
  private final BooleanSupplier clientGone;
  private final Consumer<Outcome> ending;
  private final CountDownLatch over = new CountDownLatch(1);
  private final long startedAt = System.nanoTime();
  private Phase phase = Phase.WAITING;
  private final CountDownLatch aborted = new CountDownLatch(1);
  private @Nullable SocketChannel data;

  private Transfer(
      DataRoute route, Cargo cargo, BooleanSupplier clientGone, Consumer<Outcome> ending) {
    this.route = route;
    this.cargo = cargo;
    this.clientGone = clientGone;
    this.ending = ending;
  }

  /// Starts it.
  ///
  /// @param cargo closed by the transfer, before it tells
  /// @param clientGone whether the client has ended its control connection, as far as is known
  /// @param ending told the outcome once, on the transfer's thread
  public static Transfer start(
      DataRoute route, Cargo cargo, BooleanSupplier clientGone, Consumer<Outcome> ending) {
    Transfer transfer = new Transfer(route, cargo, clientGone, ending);
    Thread.ofVirtual().name("jsendfile-ftp-transfer").start(transfer::run);
    return transfer;
  }

  /// How many bytes have moved so far.
  public long bytes() {
    return cargo.bytes();
  }

  /// How long it has been under way.
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /// Whether its outcome has been told.
  public boolean isOver() {
    return over.getCount() == 0;
  }

  /// Whether it still waits for its data connection.
  public synchronized boolean isWaiting() {
    return phase == Phase.WAITING;
  }

  /// Waits a while for its data connection, which is on its way.
  public synchronized void awaitConnection(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); phase == Phase.WAITING && left > 0; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until its outcome has been told.
  public void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        over.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits a while until its outcome has been told.
  ///
  /// @return whether it has
  public boolean awaitEnd(Duration patience) {
    try {
      return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      awaitEnd();
      return true;
    }
  }

  /// Stops it, unless all has moved already.
  ///
  /// @return false if it is too late
  public boolean abort() {
    synchronized (this) {
      if (phase != Phase.WAITING && phase != Phase.MOVING) {
        return false;
      }
      aborted.countDown();
      notifyAll();
      if (data != null) {
        closeAbortively(data);
      }
    }
    route.wake();
    return true;
  }

  private void run() {
    try {
      ending.accept(outcome());
    } finally {
      over.countDown();
    }
  }

  private Outcome outcome() {
    try (cargo) {
      Outcome outcome = carry();
      synchronized (this) {
        phase = Phase.OVER;
        notifyAll();
      }
      return outcome;
    }
  }

  private Outcome carry() {
    try {
      move(takeConnection());
      if (!beginCompleting()) {
        return outcome(Outcome.End.ABORTED, null);
      }
      cargo.complete();
      return outcome(Outcome.End.COMPLETED, null);
    } catch (NoDataConnectionException e) {
      return outcome(isAborted() ? Outcome.End.ABORTED : Outcome.End.NO_CONNECTION, null);
    } catch (IOException e) {
      return outcome(isAborted() ? Outcome.End.ABORTED : Outcome.End.FAILED, e);
    }
  }

  private SocketChannel takeConnection() throws NoDataConnectionException {
    route.take(this::isAborted, this::taken);
    synchronized (this) {
      return Objects.requireNonNull(data);
    }
  }

  private synchronized void taken(SocketChannel connection) {
    data = connection;
    phase = Phase.MOVING;
    notifyAll();
    if (isAborted()) {
      closeAbortively(connection);
    }
  }

  /// Moves the cargo and closes the connection: in order after success, or else by a reset, so
  /// that the client does not take a part for the whole.
  private void move(SocketChannel channel) throws IOException {
    boolean moved = false;
    try {
      cargo.move(channel);
      moved = true;
    } finally {
      if (moved) {
        channel.close();
      } else {
        closeAbortively(channel);
      }
    }
  }

  private boolean beginCompleting() {
    if (isCutOff(cargo.doubt())) {
      abort();
    }
    synchronized (this) {
      if (isAborted()) {
        return false;
      }
      phase = Phase.COMPLETING;
      return true;
    }
  }

  /// Whether the client was killed before it had sent all: its control connection has ended too.
  private boolean isCutOff(Duration doubt) {
    try {
      return !doubt.isZero()
          && (aborted.await(doubt.toNanos(), TimeUnit.NANOSECONDS) || clientGone.getAsBoolean());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // only a stranger does that
      return true;
    }
  }

  private boolean isAborted() {
    return aborted.getCount() == 0;
  }

  private Outcome outcome(Outcome.End end, @Nullable IOException cause) {
    return new Outcome(end, cargo.bytes(), elapsed(), cargo.mechanism(), cause);
  }

  private static void closeAbortively(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // closed already
    }
  }
}
