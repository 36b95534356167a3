package io.github.jsendfile.ftp.data;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
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

  /// The control connection of a client that was killed ends before its data connection, but its
  /// thread may be slower: with this much time none to 6 of 40 such clients left a part under its
  /// final name, without any 20 to 34.
  private static final Duration CONTROL_ENDS = Duration.ofMillis(2);

  private final DataRoute route;
  private final Cargo cargo;
  private final Consumer<Outcome> ending;
  private final CountDownLatch over = new CountDownLatch(1);
  private final long startedAt = System.nanoTime();
  private Phase phase = Phase.WAITING;
  private boolean aborted;
  private @Nullable SocketChannel data;

  private Transfer(DataRoute route, Cargo cargo, Consumer<Outcome> ending) {
    this.route = route;
    this.cargo = cargo;
    this.ending = ending;
  }

  /// Starts it.
  ///
  /// @param cargo closed by the transfer, before it tells
  /// @param ending told the outcome once, on the transfer's thread
  public static Transfer start(DataRoute route, Cargo cargo, Consumer<Outcome> ending) {
    Transfer transfer = new Transfer(route, cargo, ending);
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
    waitWhile(() -> phase == Phase.WAITING, patience);
  }

  private synchronized void waitWhile(BooleanSupplier unchanged, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); unchanged.getAsBoolean() && left > 0; ) {
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

  /// Stops it, unless all has moved already.
  ///
  /// @return false if it is too late
  public boolean abort() {
    synchronized (this) {
      if (phase != Phase.WAITING && phase != Phase.MOVING) {
        return false;
      }
      aborted = true;
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
    if (aborted) {
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

  private synchronized boolean beginCompleting() {
    if (cargo.mayBeCutOff()) {
      waitWhile(() -> !aborted, CONTROL_ENDS);
    }
    if (aborted) {
      return false;
    }
    phase = Phase.COMPLETING;
    return true;
  }

  private synchronized boolean isAborted() {
    return aborted;
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
