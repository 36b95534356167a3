package io.github.jsendfile;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.endpoint.Target;
import io.github.jsendfile.mechanism.Attempt;
import io.github.jsendfile.mechanism.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The only loop: parts, chunks, progress, rate, stall, time-out, interruption, end of file.
/// Every entry point runs it, the blocking ones to the end and [TransferStep] a step at a time.
///
/// A mechanism moves the middle of a region, and holds back the head before it where it can. Small
/// pieces go by ordinary gathering writes ([Parts]): another head with the first bytes behind it,
/// whole small files, and the few bytes with which a blocking transfer waits, since such a write
/// parks until the socket takes something. Before it waits it reads at the position, and so never
/// takes the end of a file for a full socket.
final class TransferLoop implements AutoCloseable {
  private static final long ODD_CHANNEL_NANOS = 1_000_000;

  private final FileSender options;
  private final Payload payload;
  private final Target target;
  private final boolean blocking;
  private final Watch watch;
  private final Pace pace;
  private final Tally tally;
  private final @Nullable TransferEvent event = TransferEvent.begun();
  private final Stride stride = new Stride();
  private volatile List<RegionRun> runs = List.of();
  private Parts parts = new Parts(List.of());
  private boolean full;
  private boolean holdsPartSegments;
  private TransferStep.@Nullable Done done;
  private boolean over;

  TransferLoop(
      FileSender options,
      Payload payload,
      Target target,
      boolean blocking,
      @Nullable LongConsumer progress) {
    long now = options.clock.getAsLong();
    this.options = options;
    this.payload = requireNonNull(payload, "payload");
    this.target = target;
    this.blocking = blocking;
    this.watch =
        new Watch(
            options.stallTimeout,
            options.timeout,
            now,
            this::abort,
            target.tellsWhatIsTaken() ? target::taken : null,
            options.newLeastRate());
    this.pace = new Pace(options.rateLimits);
    this.tally = new Tally(now, progress, options.progressInterval);
  }

  /// Checks the socket, then opens the files: nothing has moved, and what is thrown says so.
  void open() throws IOException {
    try {
      target.check(blocking);
      List<RegionRun> opened = new ArrayList<>(1);
      List<Object> all = new ArrayList<>(payload.parts().size());
      for (Object part : payload.parts()) {
        all.add(part instanceof FileRegion region ? open(region, opened, all.isEmpty()) : part);
      }
      parts = new Parts(all);
      if (options.unsentBytes > 0) {
        target.limitUnsent(options.unsentBytes);
      }
    } catch (ClosedByInterruptException e) {
      close();
      throw failure(e);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private RegionRun open(FileRegion region, List<RegionRun> opened, boolean first)
      throws IOException {
    RegionRun run = new RegionRun(region, region.open());
    opened.add(run);
    runs = opened;
    boolean mayWaitInside = first && Stride.isWorthIt(run); // behind a head another does better
    choose(run, mayWaitInside ? 0 : options.ladder.firstThatReturns(), "");
    if (options.dropBehind) {
      run.dropBehind();
    }
    return run;
  }

  private void choose(RegionRun run, int from, String declined) throws IOException {
    if (!blocking && run.source.mayWait()) {
      throw new IllegalArgumentException("a selector loop cannot send a source that may wait");
    }
    run.rung = options.ladder.choose(from, run.source, target, declined, tally.bytesSent());
    tally.plans(options.ladder.rung(run.rung).mechanism());
  }

  /// Runs to the end, waiting where there is something to wait for.
  Transfer run() throws TransferException {
    while (true) {
      switch (step()) {
        case TransferStep.Done(Transfer transfer) -> {
          return transfer;
        }
        case TransferStep.Moved _ -> {}
        case TransferStep.WaitUntil _ -> watch.pause(pace, options.clock, target);
        case TransferStep.WouldBlock _ -> {
          if (!target.writesPartially()) { // an odd channel, which answers 0 instead of waiting
            LockSupport.parkNanos(ODD_CHANNEL_NANOS);
          }
        }
      }
    }
  }

  /// Makes one attempt that has a result. Over a blocking target it waits for the peer.
  TransferStep.Result step() throws TransferException {
    if (done != null) {
      return done;
    }
    if (over) {
      throw new IllegalStateException("the transfer has failed or was closed");
    }
    try {
      TransferStep.Result result = null;
      while (result == null) {
        result = attempt();
      }
      return result;
    } catch (IOException e) {
      throw failure(e);
    } catch (RuntimeException | Error e) {
      end(e.getClass().getSimpleName());
      throw e;
    }
  }

  /// Makes one attempt.
  ///
  /// @return null if nothing moved but something was learnt: go on
  private TransferStep.@Nullable Result attempt() throws IOException {
    long now = options.clock.getAsLong();
    checkStops(now);
    RegionRun early = parts.skipFinished();
    if (early != null) {
      tally.endedEarly();
      if (options.exactly) {
        throw early.truncated(tally);
      }
      return null;
    }
    if (parts.isFinished()) {
      return finish(now);
    }
    long permitted = pace.permits(now);
    if (permitted == 0) {
      return new TransferStep.WaitUntil(Instant.now().plusNanos(pace.notBefore() - now));
    }
    guard();
    RegionRun run = parts.currentRegion();
    if (run != null) {
      boolean climbs = !full && run.goesByMechanism(options.ladder.copies());
      return climbs ? climb(Parts.NO_HEAD, run, permitted) : write(permitted);
    }
    RegionRun next = parts.regionBehindBuffer();
    if (next == null || !goesAhead(next, permitted)) {
      return write(permitted);
    }
    return full ? writeHead(permitted) : climb(parts.buffer(), next, permitted);
  }

  /// Writes a head the ordinary way: with the first bytes behind it, if they may be copied.
  private TransferStep.@Nullable Result writeHead(long permitted) throws IOException {
    return write(options.ladder.copies() ? permitted : parts.bufferBytes());
  }

  /// A head goes by itself, held back in the kernel, only if the file behind it goes by the
  /// mechanism, and if there is something of it for sure: else it would wait for what never comes.
  private boolean goesAhead(RegionRun next, long permitted) {
    return next.goesByMechanism(options.ladder.copies())
        && permitted > parts.bufferBytes()
        && next.isLongerThan(0)
        && next.sizeIsKnown();
  }

  /// Has the end of a file wait for the tail behind it, from the file's first call on: which will
  /// be the last, only that one knows.
  private void holdPartSegments(boolean on) {
    if (holdsPartSegments != on) {
      holdsPartSegments = on;
      target.holdPartSegments(on);
    }
  }

  private void checkStops(long now) throws IOException {
    if (blocking) {
      watch.checkTimeout(now); // the watchdog sees to stalls
    } else {
      watch.check(now);
    }
    if (watch.state().isStop() || !target.isOpen()) {
      throw new AsynchronousCloseException();
    }
    if (Thread.currentThread().isInterrupted()) { // before it meets a call that closes the file
      throw new ClosedByInterruptException();
    }
  }

  /// Has the limits watched from the first attempt on; a transfer without any costs nothing.
  private void guard() {
    if (blocking) {
      Thread caller = Thread.currentThread();
      watch.guard(target.isInterruptible() || caller.isVirtual() ? null : caller);
    }
  }

  /// Moves some of a region, and a head before it if there is something of one.
  private TransferStep.@Nullable Result climb(ByteBuffer head, RegionRun run, long permitted)
      throws IOException {
    Ladder.Rung rung = options.ladder.rung(run.rung);
    int headBytes = head.remaining();
    Step step = attempt(rung.attempt(), head, run, permitted - headBytes);
    int ahead = headBytes - head.remaining();
    long fileBytes = 0;
    boolean targetFull = false;
    switch (step) {
      case Step.Moved(long moved, boolean nowFull) -> {
        run.moved(moved);
        tally.uses(rung.mechanism());
        fileBytes = moved;
        targetFull = nowFull;
      }
      case Step.WouldBlock _ when ahead > 0 -> targetFull = true;
      case Step.WouldBlock _ -> {
        leaveToNext(run, rung, true);
        return headBytes == 0 ? wouldBlock() : writeHead(permitted);
      }
      case Step.EndOfFile _ -> run.end();
      case Step.NotSupported(String reason) -> decline(run, rung, reason);
    }
    if (ahead + fileBytes == 0) {
      return null;
    }
    TransferStep.Moved result = moved(ahead + fileBytes, fileBytes, targetFull);
    leaveToNext(run, rung, targetFull);
    return result;
  }

  /// Goes on by the next rung if this one is for peers that keep up, and this peer does not.
  private void leaveToNext(RegionRun run, Ladder.Rung rung, boolean nowFull) throws IOException {
    boolean slow = stride.isTooSlow() || nowFull;
    if (slow && rung.attempt().isForFastPeers() && rung.attempt().stopWaitingInside(target)) {
      choose(run, run.rung + 1, "");
    }
  }

  private Step attempt(Attempt attempt, ByteBuffer head, RegionRun run, long permitted)
      throws IOException {
    long count = stride.bound(attempt, tally.bound(run.bound(permitted)));
    int headBytes = head.remaining();
    if (parts.aBufferFollows(headBytes == 0 ? 0 : 1)) {
      holdPartSegments(true);
    }
    watch.waitBegins(options.clock.getAsLong());
    if (headBytes == 0) {
      return attempt.move(run.source, run.position(), count, target);
    }
    try {
      return attempt.moveBehind(head, run.source, run.position(), count, target);
    } catch (IOException e) {
      tally.headMoved(headBytes - head.remaining()); // the file failed, or the peer behind it
      throw e;
    }
  }

  private void decline(RegionRun run, Ladder.Rung rung, String reason) throws IOException {
    if (run.hasMoved() && tally.mechanism() == rung.mechanism()) {
      throw new TransferException(
          rung.mechanism().word() + " declined after it had moved bytes: " + reason,
          tally.bytesSent(),
          rung.mechanism(),
          null);
    }
    choose(run, run.rung + 1, rung.mechanism().word() + ": " + reason);
  }

  private TransferStep.@Nullable Result write(long permitted) throws IOException {
    try (Parts.Load load = parts.load(Math.min(permitted, target.maxWriteBytes()), full)) {
      if (!load.hasRemaining()) {
        parts.written(load); // the end of a file was found
        return null;
      }
      stride.writes();
      watch.waitBegins(options.clock.getAsLong());
      long count = target.write(load.buffers());
      return count > 0 ? moved(count, parts.written(load), load.hasRemaining()) : wouldBlock();
    }
  }

  private TransferStep.WouldBlock wouldBlock() {
    full = true;
    return new TransferStep.WouldBlock();
  }

  private TransferStep.Moved moved(long count, long fileBytes, boolean targetFull)
      throws TransferAbortedException {
    long now = options.clock.getAsLong();
    watch.moved(count);
    waited(now, count);
    full = targetFull && target.writesPartially();
    pace.sent(count);
    tally.moved(count, fileBytes, now);
    return new TransferStep.Moved(count);
  }

  /// Ends a wait, which counts if the target was full before it, or if it was inside and long.
  private void waited(long now, long count) {
    long nanos = watch.waitEnds(now);
    stride.took(nanos, count);
    if (full || stride.isTooSlow()) {
      tally.waited(nanos);
    }
  }

  private TransferStep.Done finish(long now) throws IOException {
    holdPartSegments(false);
    tally.tellEnd(now);
    if (!watch.finish()) {
      throw new AsynchronousCloseException(); // stopped at the last moment
    }
    done = new TransferStep.Done(tally.transfer(now));
    end("completed");
    return done;
  }

  private TransferException failure(IOException e) {
    waited(options.clock.getAsLong(), 0);
    TransferException failure = Failures.of(e, watch.state(), target, tally);
    if (failure instanceof TransferAbortedException && e instanceof ClosedByInterruptException) {
      abort(); // the JDK closes what an interrupt meets, and not always the socket
    }
    end(failure.getClass().getSimpleName());
    return failure;
  }

  private void end(String outcome) {
    if (!over) {
      over = true;
      holdPartSegments(false); // what the program writes after a failure is not to wait
      watch.finish();
      pace.end();
      if (event != null) {
        event.commit(payload, tally, outcome);
      }
    }
  }

  private void abort() {
    target.abort();
    runs.forEach(run -> run.source.wakeUp());
  }

  /// Stops the transfer from any thread, unless it has ended.
  void stop(Watch.State reason) {
    watch.stop(reason);
  }

  long bytesSent() {
    return tally.bytesSent();
  }

  /// When the next limit passes.
  Optional<Instant> deadline() {
    return watch.deadline(options.clock.getAsLong());
  }

  /// Closes what the transfer opened.
  @Override
  public void close() throws IOException {
    end("closed");
    List<RegionRun> opened = runs;
    runs = List.of();
    for (RegionRun run : opened) {
      run.close();
    }
  }
}
