package io.github.jsendfile;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.endpoint.ChannelTarget;
import io.github.jsendfile.endpoint.SocketChannelTarget;
import io.github.jsendfile.endpoint.SocketTarget;
import io.github.jsendfile.endpoint.Target;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Sends files over sockets, with limits. Immutable and thread-safe: make one, share it.
///
/// **Checks** come first, before any byte moves: a null, negative position or length; then
/// [java.nio.channels.ClosedChannelException], [java.nio.channels.NotYetConnectedException],
/// [java.nio.channels.IllegalBlockingModeException] for the socket; then
/// [java.nio.channels.NonReadableChannelException], [java.nio.channels.ClosedChannelException] or
/// a [java.nio.file.FileSystemException] for the file. Whatever fails later is a
/// [TransferException], which has the count.
///
/// **Waiting** for a slow peer parks the calling thread, platform or virtual, and holds no
/// carrier. A platform thread that sends a file by its path over TCP on Linux waits inside
/// [java.nio.channels.FileChannel#transferTo] as long as its peer keeps up, which costs about what
/// it does in C; such a file goes by [Mechanism#CHANNEL_TRANSFER], if that is allowed. Where the
/// native call is at hand, other files of a platform thread wait inside that, and a virtual thread
/// borrows one of at most 64 platform threads for it, for 50 ms at a time. An interrupt, or a close
/// by somebody else, is seen between its calls then: within some milliseconds, or up to a second
/// from a peer that has just become slow.
///
/// Everywhere else, and from the first long wait on, the descriptor of a [SocketChannel] is made
/// non-blocking, as the JDK does it for virtual threads, while the channel stays in blocking mode.
/// Two of the program's own calls on that channel then do on every thread what they otherwise do
/// on virtual ones: [java.nio.channels.FileChannel#transferTo] may return 0, and
/// [SocketChannel#write] returns when it has written a part, so it needs its loop.
///
/// **Ending** a transfer, what each target promises:
///
/// | target | limits, cancelling, closing | `Thread.interrupt` |
/// |---|---|---|
/// | [SocketChannel] | at once | at once; closes the socket, as in NIO |
/// | [Socket] that is no channel | at once | within 100 ms; closes the socket |
/// | other [java.nio.channels.InterruptibleChannel] | at once | at once; closes it, as in NIO |
/// | any other channel | between chunks of 64 KiB | between chunks |
///
/// A limit or a cancellation closes the socket, from another thread and never by an interrupt;
/// over TCP abortively, so that the peer sees a reset and does not take a part for the whole.
/// Everything else leaves the socket open.
///
/// **A stall** is a whole `stallTimeout` in which the kernel took no byte. The kernel takes the
/// next when a third of the socket's send buffer is free, so the slowest peer that survives reads
/// `SO_SNDBUF / 3 / stallTimeout` (measured in what the kernel uses, on Linux twice the number
/// set): with a buffer that grew to 2.5 MB and 30 s that is 28 KB/s. Set `SO_SNDBUF` to bound it,
/// and to bound what thousands of stalled peers hold of the kernel's memory.
///
/// Where the kernel can be called (see [Mechanism#availability()]), what a TCP peer has taken
/// counts too. No kernel shows that before the peer's own opens its window again, for which the
/// peer has to read about what its receive buffer holds: on Linux 128 KiB at first, so 13 KB/s
/// for a limit of 10 s, 2 KB/s for one of 65 s. A slower one looks silent in all there is to see.
public final class FileSender {
  private static final FileSender DEFAULTS = builder().build();

  final @Nullable Duration stallTimeout;
  final @Nullable Duration timeout;
  private final long leastRate;
  private final @Nullable Duration leastRateWindow;
  final List<RateLimit> rateLimits;
  final boolean exactly;
  final Duration progressInterval;
  final int unsentBytes;
  final boolean dropBehind;
  final Ladder ladder;
  final LongSupplier clock;
  private final Set<Mechanism> mechanisms;

  private FileSender(Builder builder, Ladder ladder) {
    stallTimeout = builder.stallTimeout;
    timeout = builder.timeout;
    leastRate = builder.leastRate;
    leastRateWindow = builder.leastRateWindow;
    rateLimits = List.copyOf(builder.rateLimits);
    exactly = builder.exactly;
    progressInterval = builder.progressInterval;
    unsentBytes = builder.unsentBytes;
    dropBehind = builder.dropBehind;
    mechanisms = EnumSet.copyOf(builder.mechanisms);
    clock = builder.clock;
    this.ladder = ladder;
  }

  /// No limits, every mechanism.
  ///
  /// @return the one instance
  public static FileSender defaults() {
    return DEFAULTS;
  }

  /// Begins a configuration.
  ///
  /// @return a builder with the defaults
  public static Builder builder() {
    return new Builder();
  }

  /// Begins a variant.
  ///
  /// @return a builder with this sender's options
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.stallTimeout = stallTimeout;
    builder.timeout = timeout;
    builder.leastRate = leastRate;
    builder.leastRateWindow = leastRateWindow;
    builder.rateLimits.addAll(rateLimits);
    builder.exactly = exactly;
    builder.progressInterval = progressInterval;
    builder.unsentBytes = unsentBytes;
    builder.dropBehind = dropBehind;
    builder.mechanisms = EnumSet.copyOf(mechanisms);
    builder.clock = clock;
    return builder;
  }

  @Nullable LeastRate newLeastRate() {
    return leastRateWindow == null ? null : new LeastRate(leastRate, leastRateWindow);
  }

  /// Sends all of it, and returns when the kernel has taken the last byte.
  ///
  /// @param payload a [FileRegion], or buffers and regions in a row
  /// @param target a socket channel; or any other channel, by copying
  /// @return what was done
  /// @throws TransferException if the transfer fails after it began
  /// @throws IOException if socket or file are not fit to begin: see above
  public Transfer send(Payload payload, WritableByteChannel target) throws IOException {
    return run(payload, targetOf(target), null);
  }

  /// Sends all of it, and tells how far it is.
  ///
  /// @param payload a [FileRegion], or buffers and regions in a row
  /// @param target a socket channel; or any other channel, by copying
  /// @param progress gets the bytes of the file sent so far, on the calling thread: at most once
  ///     a [Builder#progressInterval], and at the end; if it throws, the transfer ends
  /// @return what was done
  /// @throws TransferException if the transfer fails after it began
  /// @throws IOException if socket or file are not fit to begin: see above
  public Transfer send(Payload payload, WritableByteChannel target, LongConsumer progress)
      throws IOException {
    return run(payload, targetOf(target), requireNonNull(progress, "progress"));
  }

  /// Sends all of it over a socket that need not be a channel. One that is none goes by
  /// [Mechanism#NATIVE] where that can be had, if it is of the class [Socket] itself: what extends
  /// it may encrypt. Up to 4 KiB of the file are then written first, on a virtual thread if the
  /// calling one is none: only so the JDK makes its descriptor non-blocking. Everything else is
  /// written in chunks of 16 KiB; the count after a failure is short by at most one of them.
  ///
  /// @param payload a [FileRegion], or buffers and regions in a row
  /// @param socket a connected socket
  /// @return what was done
  /// @throws TransferException if the transfer fails after it began
  /// @throws IOException if socket or file are not fit to begin: see above
  public Transfer send(Payload payload, Socket socket) throws IOException {
    return run(payload, targetOf(socket), null);
  }

  /// Sends all of it over a socket that need not be a channel, and tells how far it is.
  ///
  /// @param payload a [FileRegion], or buffers and regions in a row
  /// @param socket a connected socket
  /// @param progress as [#send(Payload, WritableByteChannel, LongConsumer)]
  /// @return what was done
  /// @throws TransferException if the transfer fails after it began
  /// @throws IOException if socket or file are not fit to begin: see above
  public Transfer send(Payload payload, Socket socket, LongConsumer progress) throws IOException {
    return run(payload, targetOf(socket), requireNonNull(progress, "progress"));
  }

  /// Sends all of it on a virtual thread of its own.
  ///
  /// @param payload a [FileRegion], or buffers and regions in a row
  /// @param target a socket channel in blocking mode; or any other channel, by copying
  /// @return a future that completes with what was done, or with what [#send] would throw;
  ///     completed by anybody else, it stops the transfer and closes the socket
  public PendingTransfer sendAsync(Payload payload, WritableByteChannel target) {
    TransferLoop loop = new TransferLoop(this, payload, targetOf(target), true, null);
    PendingTransfer pending = new PendingTransfer(loop);
    Thread.ofVirtual()
        .name("jsendfile-transfer")
        .start(
            () -> {
              try {
                pending.complete(runAndClose(loop));
              } catch (Throwable e) {
                pending.completeExceptionally(e);
              }
            });
    return pending;
  }

  /// Begins a transfer that a selector loop will carry on.
  ///
  /// @param payload a [FileRegion], or buffers and regions in a row; not a stream, FIFO or
  ///     device, whose reads would block the loop
  /// @param channel a connected socket channel in non-blocking mode
  /// @return the transfer; nothing has moved yet
  /// @throws java.nio.channels.IllegalBlockingModeException if the channel is in blocking mode
  /// @throws IllegalArgumentException if the payload is one whose reads may wait
  /// @throws IOException if socket or file are not fit to begin: see above
  public TransferStep begin(Payload payload, SocketChannel channel) throws IOException {
    TransferLoop loop = new TransferLoop(this, payload, targetOf(channel), false, null);
    loop.open();
    return new TransferStep(loop);
  }

  private Transfer run(Payload payload, Target target, @Nullable LongConsumer progress)
      throws IOException {
    return runAndClose(new TransferLoop(this, payload, target, true, progress));
  }

  private static Transfer runAndClose(TransferLoop loop) throws IOException {
    try (loop) {
      loop.open();
      return loop.run();
    }
  }

  private static Target targetOf(WritableByteChannel target) {
    return switch (requireNonNull(target, "target")) {
      case SocketChannel channel -> new SocketChannelTarget(channel);
      case DatagramChannel _ ->
          throw new IllegalArgumentException("a file cannot be sent over a datagram channel");
      default -> new ChannelTarget(target);
    };
  }

  private static Target targetOf(Socket socket) {
    SocketChannel channel = requireNonNull(socket, "socket").getChannel();
    return channel == null ? new SocketTarget(socket) : new SocketChannelTarget(channel);
  }

  /// Collects options. Not thread-safe.
  public static final class Builder {
    private @Nullable Duration stallTimeout;
    private @Nullable Duration timeout;
    private long leastRate;
    private @Nullable Duration leastRateWindow;
    private final List<RateLimit> rateLimits = new ArrayList<>();
    private boolean exactly;
    private Duration progressInterval = Duration.ofMillis(100);
    private int unsentBytes;
    private boolean dropBehind;
    private Set<Mechanism> mechanisms = EnumSet.allOf(Mechanism.class);
    private LongSupplier clock = System::nanoTime;

    private Builder() {}

    /// Ends a transfer when its peer takes no byte for so long: [PeerStalledException]. Without
    /// it a transfer waits for ever.
    ///
    /// @param stallTimeout more than zero
    /// @return this builder
    public Builder stallTimeout(Duration stallTimeout) {
      this.stallTimeout = Limits.positive("stallTimeout", stallTimeout);
      return this;
    }

    /// Ends a transfer whose peer takes fewer bytes a second than this, on average over a whole
    /// window: [PeerStalledException]. It is for peers that take a byte now and then, for ever, and
    /// so never trip the [#stallTimeout]. Windows follow one another; they count the time in which
    /// the transfer waits for its peer, and not what it waits for its own rate limits.
    ///
    /// What a peer has taken shows in steps, see [FileSender], and a pause shorter than the stall
    /// limit is to be no offence: so the window should be twice the stall limit or more.
    ///
    /// @param bytesPerSecond at least 1
    /// @param window more than zero
    /// @return this builder
    public Builder leastRate(long bytesPerSecond, Duration window) {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException(
            "leastRate is " + bytesPerSecond + "; it must be 1 or more");
      }
      this.leastRate = bytesPerSecond;
      this.leastRateWindow = Limits.positive("the window of leastRate", window);
      return this;
    }

    /// Ends a transfer that takes longer than this in all: [TransferTimeoutException].
    ///
    /// @param timeout more than zero
    /// @return this builder
    public Builder timeout(Duration timeout) {
      this.timeout = Limits.positive("timeout", timeout);
      return this;
    }

    /// Keeps a rate, head and tail included. May be called several times: all limits apply.
    ///
    /// @param limit a limit, perhaps shared with other senders
    /// @return this builder
    public Builder rateLimit(RateLimit limit) {
      rateLimits.add(requireNonNull(limit, "limit"));
      return this;
    }

    /// Fails with [FileTruncatedException] when a file ends before the region's length, or, for a
    /// region "to the end", before the size it had at first. Without it that is no error.
    ///
    /// @return this builder
    public Builder exactly() {
      this.exactly = true;
      return this;
    }

    /// Bounds how many bytes may wait in the kernel that were not even sent, and with them what a
    /// stalled peer holds of its memory, without slowing a fast peer that is far away as a small
    /// `SO_SNDBUF` does: `TCP_NOTSENT_LOWAT`. With 128 KiB a stalled peer held 137 KiB at this end,
    /// with none 4 MiB (measured, Linux 6.18). It stays set on the socket. Over anything but TCP,
    /// and where native access is not granted, it does nothing.
    ///
    /// @param bytes at least 1; 128 KiB serves most
    /// @return this builder
    public Builder unsentBytes(int bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("unsentBytes is " + bytes + "; it must be 1 or more");
      }
      this.unsentBytes = bytes;
      return this;
    }

    /// Has the system's cache give up a file behind the transfer, whoever had it there, so that a
    /// backup does not displace what others need. What the peer has not taken yet when the call
    /// returns stays. Without native access, or where the descriptor of a
    /// [java.nio.channels.FileChannel] is not
    /// shown, it does nothing: see [Mechanism#availability()].
    ///
    /// @return this builder
    public Builder dropBehind() {
      this.dropBehind = true;
      return this;
    }

    /// Restricts the mechanisms. With [Mechanism#NATIVE] alone nothing is copied but the 4 KiB of
    /// a wait: what cannot go so fails with [MechanismUnavailableException], and nothing of the
    /// file is sent. If it is the kernel that refuses, which shows at the first call, a head has
    /// gone by then, and over a [Socket] that is no channel up to 4 KiB, which the exception
    /// counts.
    ///
    /// @param allowed one or more; their order says nothing
    /// @return this builder
    public Builder mechanisms(Mechanism... allowed) {
      if (allowed.length == 0) {
        throw new IllegalArgumentException("mechanisms is empty; it must name 1 or more");
      }
      this.mechanisms = EnumSet.copyOf(List.of(allowed));
      return this;
    }

    /// How often a progress listener is called at most; 100 ms unless told.
    ///
    /// @param interval zero, for "whenever bytes move", or more
    /// @return this builder
    public Builder progressInterval(Duration interval) {
      this.progressInterval = Limits.notNegative("progressInterval", interval);
      return this;
    }

    /// For tests: another clock than the system's.
    Builder clock(LongSupplier nanoTime) {
      this.clock = nanoTime;
      return this;
    }

    /// Makes the sender.
    ///
    /// @return a sender with these options
    public FileSender build() {
      return build(Ladder.of(mechanisms, leastRateWindow == null));
    }

    /// For tests: with other rungs.
    FileSender build(Ladder ladder) {
      return new FileSender(this, ladder);
    }
  }
}
