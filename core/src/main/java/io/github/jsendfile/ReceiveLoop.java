package io.github.jsendfile;

import io.github.jsendfile.endpoint.SocketInput;
import io.github.jsendfile.mechanism.BufferPool;
import io.github.jsendfile.mechanism.DropBehind;
import io.github.jsendfile.mechanism.NativeReceive;
import io.github.jsendfile.mechanism.SinkException;
import io.github.jsendfile.mechanism.Step;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One receiving. It waits with a small timed read, and takes a large buffer only for bytes that
/// are there, so that idle peers hold none. What cannot be timed is watched, and closed.
final class ReceiveLoop implements AutoCloseable {
  private static final int MAX_READ_BYTES = 256 * 1024;
  private static final int FIRST_READ_BYTES = 4 * 1024;

  /// Less than this is copied for less, up to 60 KiB for about the same (measured).
  private static final int MIN_NATIVE_BYTES = 48 * 1024;

  /// How late a close is seen while a rate is kept.
  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  private final FileReceiver options;
  private final SocketInput input;
  private final Watch watch;
  private final Tally tally;
  private final Pace pace;
  private final long startedAt = System.nanoTime();
  private @Nullable NativeReceive nativeReceive;

  ReceiveLoop(FileReceiver options, SocketInput input, @Nullable LongConsumer progress) {
    boolean timed = input.isTimed();
    this.options = options;
    this.input = input;
    this.pace = new Pace(options.rateLimits);
    this.watch =
        new Watch(
            timed ? null : options.stallTimeout,
            timed ? null : options.timeout,
            startedAt,
            input::abort,
            null,
            null);
    this.tally = new Tally(startedAt, progress, options.progressInterval);
  }

  /// Receives a file, or a part of one.
  Received receive(FileChannel file, long position, long length) throws IOException {
    input.open();
    file.write(ByteBuffer.allocate(0), 0); // is it open, and for writing?
    choose(file);
    DropBehind behind = options.dropBehind ? DropBehind.of(file, -1, position) : null;
    try {
      while (tally.bytesSent() < length) {
        long before = tally.bytesSent();
        if (!receiveSome(file, position + before, Math.min(length - before, permitted()))) {
          endedEarly(length);
          break;
        }
        pace.sent(tally.bytesSent() - before);
        if (behind != null) {
          behind.received(position + tally.bytesSent());
        }
      }
      if (options.fsync || behind != null) {
        sync(file);
      }
      if (behind != null) {
        behind.drop(position + tally.bytesSent());
      }
      return finish();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// Reads once, with the limits but without a file.
  int read(ByteBuffer destination) throws IOException {
    input.open();
    try {
      int count = await(destination, permitted());
      finish();
      return count;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private int await(ByteBuffer destination, long permitted) throws IOException {
    int limit = destination.limit();
    destination.limit(destination.position() + (int) Math.min(destination.remaining(), permitted));
    try {
      int count = await(destination);
      pace.sent(Math.max(count, 0));
      return count;
    } finally {
      destination.limit(limit);
    }
  }

  /// Waits until the rate limits allow some bytes, somebody closes the socket, or time is over.
  ///
  /// @return how many they allow
  private long permitted() throws IOException {
    long now = System.nanoTime();
    long permitted = pace.permits(now);
    while (permitted == 0) {
      checkStops(now);
      if (!input.isOpen()) {
        throw new AsynchronousCloseException();
      }
      long left = Math.min(pace.notBefore() - now, totalNanosLeft(now));
      LockSupport.parkNanos(Math.min(left, POLL_NANOS));
      now = System.nanoTime();
      permitted = pace.permits(now);
    }
    return permitted;
  }

  private void choose(FileChannel file) throws MechanismUnavailableException {
    nativeReceive = options.ladder.choose(input, file);
    tally.plans(nativeReceive == null ? Mechanism.BUFFERED_COPY : Mechanism.NATIVE);
  }

  private boolean receiveSome(FileChannel file, long position, long left) throws IOException {
    int available = input.available();
    NativeReceive kernel = nativeReceive;
    if (kernel != null && isWorthIt(available, left)) {
      if (receiveSome(kernel, file, position, left)) {
        return true;
      }
      available = 0;
    }
    return copySome(file, position, left, available == 0);
  }

  private static boolean isWorthIt(int available, long left) {
    return left >= MIN_NATIVE_BYTES
        && (available == SocketInput.UNKNOWN || available >= MIN_NATIVE_BYTES);
  }

  /// Has the kernel move what is there.
  ///
  /// @return false if a read has to say what there is
  private boolean receiveSome(NativeReceive kernel, FileChannel file, long position, long left)
      throws IOException {
    checkStops(System.nanoTime());
    switch (attempt(kernel, file, position, left)) {
      case Step.Moved moved -> {
        tally.uses(Mechanism.NATIVE);
        tally.moved(moved.count(), moved.count(), System.nanoTime());
        if (moved.targetFull()) {
          copyFromNowOn("the file takes nothing from a pipe");
        }
        return true;
      }
      case Step.NotSupported declined -> copyFromNowOn(declined.reason());
      case Step.WouldBlock nothing -> {}
      case Step.EndOfFile end -> {}
    }
    return false;
  }

  private Step attempt(NativeReceive kernel, FileChannel file, long position, long left)
      throws IOException {
    try {
      return kernel.move(input, file, position, left);
    } catch (SinkException e) {
      tally.moved(e.written(), e.written(), System.nanoTime());
      throw e.failure() instanceof ClosedByInterruptException interrupt
          ? interrupt
          : fileFailed(e.failure());
    }
  }

  private void copyFromNowOn(String reason) throws MechanismUnavailableException {
    options.ladder.mustCopy(reason, tally.bytesSent());
    nativeReceive = null;
    tally.uses(Mechanism.BUFFERED_COPY);
  }

  private boolean copySome(FileChannel file, long position, long left, boolean waits)
      throws IOException {
    int most = (int) Math.min(left, waits ? FIRST_READ_BYTES : MAX_READ_BYTES);
    try (BufferPool.Lease lease = BufferPool.lease(most)) {
      ByteBuffer buffer = lease.buffer();
      int count = waits || !input.isTimed() ? await(buffer) : readNow(buffer);
      if (count < 0) {
        return false;
      }
      buffer.flip();
      write(file, buffer, position);
      tally.moved(count, count, System.nanoTime());
      return true;
    }
  }

  private int readNow(ByteBuffer buffer) throws IOException {
    checkStops(System.nanoTime());
    return input.read(buffer);
  }

  /// Waits for the next bytes within the limits.
  private int await(ByteBuffer buffer) throws IOException {
    long began = System.nanoTime();
    checkStops(began);
    boolean blind = !input.isInterruptible() && !Thread.currentThread().isVirtual();
    watch.guard(blind ? Thread.currentThread() : null);
    watch.waitBegins(began);
    long total = totalNanosLeft(began);
    long patience = Math.min(Watch.nanos(options.stallTimeout), total);
    try {
      int count =
          patience < Watch.NEVER_NANOS
              ? input.awaitFirst(buffer, patience)
              : input.awaitFirst(buffer);
      tally.waited(watch.waitEnds(System.nanoTime()));
      return count;
    } catch (SocketTimeoutException e) {
      throw timedOut(patience == total, e);
    }
  }

  private void checkStops(long now) throws IOException {
    if (totalNanosLeft(now) <= 0) {
      throw timedOut(true, new SocketTimeoutException("timeout has passed"));
    }
    if (Thread.currentThread().isInterrupted()) { // before it meets a call that closes the file
      throw new ClosedByInterruptException();
    }
  }

  private long totalNanosLeft(long now) {
    long timeout = Watch.nanos(options.timeout);
    return timeout == Watch.NEVER_NANOS ? timeout : timeout - (now - startedAt);
  }

  private TransferException timedOut(boolean inAll, SocketTimeoutException cause) {
    long count = tally.bytesSent();
    return inAll
        ? new TransferTimeoutException(
            "the transfer took longer than its timeout after " + count + " bytes",
            count,
            tally.mechanism(),
            cause)
        : new PeerStalledException(
            "the peer sent nothing for the whole stallTimeout after " + count + " bytes",
            count,
            tally.mechanism(),
            cause);
  }

  private void write(FileChannel file, ByteBuffer buffer, long position) throws IOException {
    try {
      long at = position;
      while (buffer.hasRemaining()) {
        at += file.write(buffer, at);
      }
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      tally.moved(buffer.position(), buffer.position(), System.nanoTime());
      throw fileFailed(e);
    }
  }

  private void sync(FileChannel file) throws TransferException {
    try {
      file.force(options.fsync);
    } catch (IOException e) {
      throw fileFailed(e);
    }
  }

  private TransferException fileFailed(IOException e) {
    String count = " after " + tally.bytesSent() + " bytes: ";
    return new TransferException(
        "cannot write the file" + count + Failures.words(e),
        tally.bytesSent(),
        tally.mechanism(),
        e);
  }

  private void endedEarly(long length) throws PeerClosedException {
    if (length == FileRegion.TO_THE_END) {
      return;
    }
    tally.endedEarly();
    if (options.exactly) {
      throw new PeerClosedException(
          "the peer ended the stream after " + tally.bytesSent() + " of " + length + " bytes",
          tally.bytesSent(),
          tally.mechanism(),
          null);
    }
  }

  private Received finish() throws IOException {
    long now = System.nanoTime();
    tally.tellEnd(now);
    if (!watch.finish()) {
      throw new AsynchronousCloseException(); // stopped at the last moment
    }
    return tally.received(now);
  }

  private TransferException failure(IOException e) {
    TransferException failure = Failures.of(e, watch.state(), input, tally);
    if (e instanceof ClosedByInterruptException) {
      input.abort(); // the JDK closes what an interrupt meets, and not always the socket
    }
    return failure;
  }

  /// Leaves the socket as it was found.
  @Override
  public void close() throws IOException {
    watch.finish();
    pace.end();
    input.close();
  }
}
