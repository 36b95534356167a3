package io.github.jsendfile;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.endpoint.SocketInput;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The mirror of [FileSender]: what a socket receives, written to a file at a position. Immutable
/// and thread-safe: make one, share it.
///
/// Waiting parks the calling thread, platform or virtual, and holds no carrier. A limit that
/// passes ends the call with a count; a TCP socket stays open and usable, so that a server can
/// still answer its peer. A UNIX-domain socket, where the JDK has no timed read, is closed by it.
/// An interrupt closes the socket, as in all of NIO. The file channel is never closed, and its
/// own position is neither used nor moved.
///
/// Where native access is granted and the JDK shows its descriptors (see
/// [Mechanism#availability()]), the bytes of a [SocketChannel] or a [Socket] go to the file by
/// `splice(2)`, inside the kernel; otherwise they are copied. [Received#mechanism()] says which.
/// The kernel's call makes the socket's descriptor non-blocking, as sending does, and any use on a
/// virtual thread: the channel still blocks, but a write of the program's own may then take a part
/// of its buffer and return.
public final class FileReceiver {
  private static final FileReceiver DEFAULTS = builder().build();

  final @Nullable Duration stallTimeout;
  final @Nullable Duration timeout;
  final boolean exactly;
  final boolean fsync;
  final boolean dropBehind;
  final Duration progressInterval;
  final List<RateLimit> rateLimits;
  final ReceiveLadder ladder;

  private FileReceiver(Builder builder, ReceiveLadder ladder) {
    stallTimeout = builder.stallTimeout;
    timeout = builder.timeout;
    exactly = builder.exactly;
    fsync = builder.fsync;
    dropBehind = builder.dropBehind;
    progressInterval = builder.progressInterval;
    rateLimits = List.copyOf(builder.rateLimits);
    this.ladder = ladder;
  }

  /// No limits, no `fsync`, every mechanism.
  ///
  /// @return the one instance
  public static FileReceiver defaults() {
    return DEFAULTS;
  }

  /// Begins a configuration.
  ///
  /// @return a builder with the defaults
  public static Builder builder() {
    return new Builder();
  }

  /// Receives until the length or the end of the stream is reached.
  ///
  /// @param socket a connected socket in blocking mode
  /// @param file a channel open for writing
  /// @param position where the first byte goes, in bytes from the start of the file
  /// @param length how many bytes at most; [Long#MAX_VALUE] for all until the end of the stream
  /// @return what was done
  /// @throws IllegalArgumentException if position or length is negative
  /// @throws java.nio.channels.ClosedChannelException if socket or file is closed
  /// @throws java.nio.channels.NotYetConnectedException if the socket is not connected
  /// @throws java.nio.channels.IllegalBlockingModeException if it is in non-blocking mode
  /// @throws java.nio.channels.NonWritableChannelException if the file is not open for writing
  /// @throws PeerClosedException if the peer reset the connection, or, with
  ///     [Builder#exactly()], ended the stream before the length
  /// @throws MechanismUnavailableException if it cannot be done by an allowed mechanism
  /// @throws TransferException if the transfer fails in another way; with the count of bytes
  ///     written; if the file failed, what was taken from the socket behind them is lost
  /// @throws IOException if the socket fails before the first byte
  public Received receive(SocketChannel socket, FileChannel file, long position, long length)
      throws IOException {
    return receive(SocketInput.of(requireNonNull(socket, "socket")), file, position, length, null);
  }

  /// Receives, and tells how far it is.
  ///
  /// @param socket a connected socket in blocking mode
  /// @param file a channel open for writing
  /// @param position where the first byte goes, in bytes from the start of the file
  /// @param length how many bytes at most; [Long#MAX_VALUE] for all until the end of the stream
  /// @param progress gets the bytes received so far, on the calling thread: at most once a
  ///     [Builder#progressInterval], and at the end; if it throws, the transfer ends
  /// @return what was done
  /// @throws IOException as [#receive(SocketChannel, FileChannel, long, long)]
  public Received receive(
      SocketChannel socket, FileChannel file, long position, long length, LongConsumer progress)
      throws IOException {
    requireNonNull(progress, "progress");
    return receive(
        SocketInput.of(requireNonNull(socket, "socket")), file, position, length, progress);
  }

  /// Receives from a socket that need not be a channel. One that is none is received from by
  /// [Mechanism#NATIVE] where that can be had, if it is of the class [Socket] itself: what extends
  /// it may decrypt.
  ///
  /// @param socket a connected socket
  /// @param file a channel open for writing
  /// @param position where the first byte goes, in bytes from the start of the file
  /// @param length how many bytes at most; [Long#MAX_VALUE] for all until the end of the stream
  /// @return what was done
  /// @throws IOException as [#receive(SocketChannel, FileChannel, long, long)]
  public Received receive(Socket socket, FileChannel file, long position, long length)
      throws IOException {
    return receive(SocketInput.of(requireNonNull(socket, "socket")), file, position, length, null);
  }

  /// Reads what is there, waiting for the first byte within the limits: a protocol's heads and
  /// lines, before and between its files.
  ///
  /// @param socket a connected socket in blocking mode
  /// @param destination where the bytes go; room for at least one
  /// @return how many bytes, or -1 at the end of the stream
  /// @throws PeerStalledException if nothing came within `stallTimeout`; a TCP socket stays
  ///     usable
  /// @throws TransferTimeoutException if nothing came within `timeout`; likewise
  /// @throws IOException as [#receive(SocketChannel, FileChannel, long, long)]
  public int read(SocketChannel socket, ByteBuffer destination) throws IOException {
    requireNonNull(destination, "destination");
    try (ReceiveLoop loop =
        new ReceiveLoop(this, SocketInput.of(requireNonNull(socket, "socket")), null)) {
      return loop.read(destination);
    }
  }

  private Received receive(
      SocketInput input,
      FileChannel file,
      long position,
      long length,
      @Nullable LongConsumer progress)
      throws IOException {
    requireNonNull(file, "file");
    if (position < 0) {
      throw new IllegalArgumentException("position is " + position + "; it cannot be negative");
    }
    if (length < 0) {
      throw new IllegalArgumentException("length is " + length + "; it cannot be negative");
    }
    try (ReceiveLoop loop = new ReceiveLoop(this, input, progress)) {
      return loop.receive(file, position, length);
    }
  }

  /// Collects options. Not thread-safe.
  public static final class Builder {
    private @Nullable Duration stallTimeout;
    private @Nullable Duration timeout;
    private boolean exactly;
    private boolean fsync;
    private boolean dropBehind;
    private Duration progressInterval = Duration.ofMillis(100);
    private final List<RateLimit> rateLimits = new ArrayList<>();
    private Set<Mechanism> mechanisms = EnumSet.allOf(Mechanism.class);

    private Builder() {}

    /// Ends a transfer when its peer sends no byte for so long: [PeerStalledException].
    ///
    /// @param stallTimeout more than zero
    /// @return this builder
    public Builder stallTimeout(Duration stallTimeout) {
      this.stallTimeout = Limits.positive("stallTimeout", stallTimeout);
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

    /// Keeps a rate: what comes faster waits in the kernel, and soon at the peer. May be called
    /// several times: all limits apply.
    ///
    /// @param limit a limit, perhaps shared with other receivers
    /// @return this builder
    public Builder rateLimit(RateLimit limit) {
      rateLimits.add(requireNonNull(limit, "limit"));
      return this;
    }

    /// Fails with [PeerClosedException] when the stream ends before the length. Without it that
    /// is no error.
    ///
    /// @return this builder
    public Builder exactly() {
      this.exactly = true;
      return this;
    }

    /// Has the file's content and size on disk before the call returns: `fsync(2)`.
    ///
    /// @return this builder
    public Builder fsync() {
      this.fsync = true;
      return this;
    }

    /// Has the system's cache give up the file behind the transfer, so that a backup does not
    /// displace what others need: what came is written out as it comes, and all of it is on disk
    /// when the call returns. Where native access or the descriptor of a [FileChannel] cannot be
    /// had, it does nothing: see [Mechanism#availability()].
    ///
    /// @return this builder
    public Builder dropBehind() {
      this.dropBehind = true;
      return this;
    }

    /// Restricts the mechanisms: [Mechanism#NATIVE] and [Mechanism#BUFFERED_COPY] receive. Without
    /// the latter, what the kernel's own call cannot do fails with
    /// [MechanismUnavailableException]; only what is too little to be worth it is copied then.
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

    /// Makes the receiver.
    ///
    /// @return a receiver with these options
    public FileReceiver build() {
      return build(ReceiveLadder.of(mechanisms));
    }

    /// For tests: with another ladder.
    FileReceiver build(ReceiveLadder ladder) {
      return new FileReceiver(this, ladder);
    }
  }
}
