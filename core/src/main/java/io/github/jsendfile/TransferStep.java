package io.github.jsendfile;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// A transfer for a selector loop: over a channel in non-blocking mode, one [#advance()] at a
/// time. It never blocks but for the disk, and never spins. Not thread-safe; one thread at a
/// time.
///
/// ```java
/// switch (step.advance()) {
///   case Moved moved -> again, now or after the other channels had their turn
///   case WouldBlock wait -> when the selector says OP_WRITE, or at step.deadline()
///   case WaitUntil wait -> at wait.instant(): the rate limit
///   case Done done -> step.close()
/// }
/// ```
public final class TransferStep implements AutoCloseable {
  /// What came of an [#advance()].
  public sealed interface Result {}

  /// Some bytes moved, and more may at once.
  ///
  /// @param count how many, head and tail included; at least 1
  public record Moved(long count) implements Result {}

  /// The socket takes nothing now: wait until it is writable.
  public record WouldBlock() implements Result {}

  /// The rate limit allows nothing before then.
  ///
  /// @param instant when to come again
  public record WaitUntil(Instant instant) implements Result {}

  /// All is sent.
  ///
  /// @param transfer what was done
  public record Done(Transfer transfer) implements Result {}

  private final TransferLoop loop;

  TransferStep(TransferLoop loop) {
    this.loop = loop;
  }

  /// Moves what the socket takes without waiting, at most about 1 MiB.
  ///
  /// @return what came of it; after the end always the same [Done]
  /// @throws TransferException if the transfer failed; its limits are looked at here and only
  ///     here
  /// @throws IllegalStateException if the transfer has failed before or was closed
  public Result advance() throws TransferException {
    return loop.step();
  }

  /// When a limit passes if nothing moves until then: call [#advance()] to have it seen.
  ///
  /// @return empty without limits
  public Optional<Instant> deadline() {
    return loop.deadline();
  }

  /// How many bytes of the file have moved so far.
  ///
  /// @return a count of bytes
  public long bytesTransferred() {
    return loop.bytesSent();
  }

  /// Ends the transfer where it is and closes the file if the transfer opened it; the socket
  /// stays as it is. Does nothing the second time.
  ///
  /// @throws IOException if the file cannot be closed
  @Override
  public void close() throws IOException {
    loop.close();
  }
}
