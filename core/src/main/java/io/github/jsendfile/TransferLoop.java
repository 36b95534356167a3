package io.github.jsendfile;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.SourceException;
import io.github.jsendfile.endpoint.Target;
import io.github.jsendfile.mechanism.BufferPool;
import io.github.jsendfile.mechanism.Step;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The only loop: parts, chunks, progress, rate, stall, time-out, interruption, end of file. Every
/// entry point runs it, the blocking ones to the end and [TransferStep] a step at a time.
///
/// A mechanism moves the middle of a region. Small pieces go by ordinary gathering writes: a head
/// with the first bytes behind it, whole small files, and the few bytes with which a blocking
/// transfer waits, since such a write parks until the socket takes something. Before it waits it
/// reads at the position, and so never takes the end of a file for a full socket.
final class TransferLoop implements AutoCloseable {
  /// Up to here, reading and one gathering write cost less CPU than the zero-copy call and what
  /// surrounds it (measured: see docs/decisions/small-files.md).
  static final int SMALL_REGION_BYTES = 32 * 1024;

  /// What goes with a head: enough to fill its segments, little enough to copy.
  private static final int FIRST_BYTES = 16 * 1024;

  /// What waits: as good as 1 byte to wait with, and as cheap to write.
  private static final int WAITING_BYTES = 4 * 1024;

  private static final int MAX_BUFFERS = 16;
  private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();
  private static final long ODD_CHANNEL_NANOS = Duration.ofMillis(1).toNanos();

  private final FileSender options;
  private final List<Object> parts;
  private final Target target;
  private final boolean blocking;
  private final @Nullable LongConsumer progress;
  private final long startedAt;
  private final Watch watch;
  private final TransferEvent event = new TransferEvent();

  private Object[] runs = {};
  private int index;
  private boolean full;
  private Mechanism mechanism = Mechanism.BUFFERED_COPY;
  private boolean mechanismUsed;
  private volatile long bytesSent;
  private long totalBytes;
  private long waits;
  private long waitedNanos;
  private boolean endedEarly;
  private long granted;
  private long notBefore;
  private long progressAt;
  private long progressTold = -1;
  private TransferStep.@Nullable Done done;

  TransferLoop(
      FileSender options,
      Payload payload,
      Target target,
      boolean blocking,
      @Nullable LongConsumer progress) {
    this.options = options;
    this.parts = payload.parts();
    this.target = target;
    this.blocking = blocking;
    this.progress = progress;
    this.startedAt = options.clock.getAsLong();
    this.watch = new Watch(options.stallTimeout, options.timeout, startedAt, this::abort);
    this.progressAt = startedAt + options.progressInterval.toNanos();
    event.begin();
  }
}
