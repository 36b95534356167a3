package io.github.jsendfile.linux;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Finds the descriptors of the JDK's channels and sockets, and lends duplicates of them for one
/// call.
///
/// A number alone is never safe: a channel that is closed meanwhile gives it free, and the next
/// connection gets it. So it is duplicated first, and used only if the channel is open after that
/// (the JDK marks a channel closed before it closes the descriptor) and, where the number was
/// guessed, if the duplicate proves to be this very socket. Only numbers are remembered, as hints
/// for a guess.
public final class Descriptors {
  private static final int TCP_CLOSE = 7; // of tcp_states.h
  private static final int TCP_CLOSE_WAIT = 8;

  /// Where a socket was found, and what it was.
  private record Hint(int number, long cookie) {}

  private static final Map<Object, Hint> HINTS = Collections.synchronizedMap(new WeakHashMap<>());

  private final Kernel kernel;
  private final ToIntFunction<JdkSocket> shown;

  /// What the last search found on its way.
  private volatile SocketTable table = SocketTable.EMPTY;

  /// Works with the calls of `kernel`.
  public Descriptors(Kernel kernel) {
    this(kernel, JdkDescriptors::numberOf);
  }

  /// For tests: where the JDK shows a socket's number, or not, with a negative one.
  Descriptors(Kernel kernel, ToIntFunction<JdkSocket> shown) {
    this.kernel = kernel;
    this.shown = shown;
  }

  /// A duplicate, the caller's for one call. Closing it hides nothing from the peer: if the
  /// socket was closed meanwhile, it ends the connection as the channel would have done.
  public final class Duplicate implements AutoCloseable {
    private final BooleanSupplier isSocketClosed;
    private final int number;

    private Duplicate(BooleanSupplier isSocketClosed, int number) {
      this.isSocketClosed = isSocketClosed;
      this.number = number;
    }

    /// The descriptor.
    public int number() {
      return number;
    }

    /// Whether the channel or the socket was closed meanwhile.
    public boolean isClosedBehind() {
      return isSocketClosed.getAsBoolean();
    }

    /// Resets a TCP connection at once. A close alone resets it only when the last thread has left
    /// the channel: a virtual one that waits in a write is woken by the close, and writes once
    /// more. A UNIX-domain socket has no such thing.
    public void reset() {
      kernel.reset(number);
    }

    @Override
    public void close() {
      if (isSocketClosed.getAsBoolean() && !kernel.resets(number)) {
        kernel.shutdown(number);
      }
      kernel.close(number);
    }
  }

  /// How many bytes of a TCP connection the peer has taken since it began.
  ///
  /// @return a count, or -1 if that cannot be told
  public long acknowledged(JdkSocket socket) {
    return ask(socket, kernel::acknowledged);
  }

  /// How many bytes of a TCP connection are not even on their way to the peer yet.
  ///
  /// @return a count, or -1 if that cannot be told
  public int unsent(SocketChannel channel) {
    return (int) ask(new JdkSocket.OfChannel(channel), kernel::unsent);
  }

  /// Whether the peer of a TCP connection has ended it, or its end of it, though what it sent
  /// before may be unread.
  ///
  /// @return false if it has not, or if that cannot be told
  public boolean hasPeerEnded(SocketChannel channel) {
    long state = tcpState(channel);
    return state == TCP_CLOSE || state == TCP_CLOSE_WAIT;
  }

  /// Whether the peer of a TCP connection, which this end has not ended, has reset it.
  ///
  /// @return false if it has not, or if that cannot be told
  public boolean isReset(SocketChannel channel) {
    return tcpState(channel) == TCP_CLOSE;
  }

  private long tcpState(SocketChannel channel) {
    return ask(new JdkSocket.OfChannel(channel), kernel::tcpState);
  }

  private long ask(JdkSocket socket, IntToLongFunction question) {
    try (Duplicate duplicate = of(socket)) {
      return duplicate == null ? -1 : Math.max(-1, question.applyAsLong(duplicate.number()));
    } catch (IOException e) {
      return -1; // closed meanwhile, by this end
    }
  }

  /// Bounds how many bytes wait in a TCP socket that were not even sent. Where that cannot be
  /// had, nothing happens.
  public void limitUnsent(JdkSocket socket, int bytes) throws IOException {
    try (Duplicate duplicate = of(socket)) {
      if (duplicate != null) {
        kernel.limitUnsent(duplicate.number(), bytes); // a UNIX-domain socket has no such thing
      }
    } catch (NoDescriptorLeftException ignored) { // it cannot be had
    }
  }

  /// Has the last segment of a TCP socket, if it is not full, wait for what follows, or lets it
  /// go. Where that cannot be had, nothing happens.
  public void cork(JdkSocket socket, boolean on) {
    try (Duplicate duplicate = of(socket)) {
      if (duplicate != null) {
        kernel.cork(duplicate.number(), on); // a UNIX-domain socket has no segments
      }
    } catch (IOException ignored) { // closed meanwhile: what comes next says so
    }
  }

  /// A duplicate of a file channel's descriptor.
  ///
  /// @return null if it cannot be had
  /// @throws AsynchronousCloseException if the channel is closed
  /// @throws NoDescriptorLeftException if it cannot be had at this moment
  public @Nullable Duplicate of(FileChannel channel) throws IOException {
    int number = JdkDescriptors.numberOf(channel);
    if (number < 0 && !channel.isOpen()) {
      throw new AsynchronousCloseException();
    }
    return number < 0 ? null : duplicate(channel::isOpen, () -> false, number);
  }

  /// A duplicate of a socket channel's descriptor.
  ///
  /// @return null if it cannot be had
  /// @throws java.nio.channels.ClosedChannelException if the channel is closed
  /// @throws NoDescriptorLeftException if it cannot be had at this moment
  public @Nullable Duplicate of(SocketChannel channel) throws IOException {
    return of(new JdkSocket.OfChannel(channel));
  }

  /// A duplicate of a socket's descriptor.
  ///
  /// @return null if it cannot be had
  /// @throws java.nio.channels.ClosedChannelException if the socket is closed
  /// @throws NoDescriptorLeftException if it cannot be had at this moment
  public @Nullable Duplicate of(JdkSocket socket) throws IOException {
    int number = shown.applyAsInt(socket);
    return number >= 0 ? duplicate(socket, number) : search(socket);
  }

  private @Nullable Duplicate duplicate(JdkSocket socket, int number) throws IOException {
    return duplicate(socket::isOpen, () -> !socket.isOpen(), number);
  }

  private @Nullable Duplicate duplicate(
      BooleanSupplier isOpen, BooleanSupplier isSocketClosed, int number) throws IOException {
    int duplicate = kernel.duplicate(number);
    if (duplicate >= 0 && isOpen.getAsBoolean()) {
      return new Duplicate(isSocketClosed, duplicate);
    }
    if (duplicate >= 0) {
      kernel.close(duplicate); // of whoever has the number now: nothing was done to it
    }
    if (!isOpen.getAsBoolean()) {
      throw new AsynchronousCloseException();
    }
    if (Errno.of(-duplicate).meaning() == Errno.Meaning.WOULD_BLOCK) {
      throw new NoDescriptorLeftException();
    }
    return null;
  }

  private @Nullable Duplicate search(JdkSocket socket) throws IOException {
    Hint hint = HINTS.get(socket.object());
    Duplicate hinted = hint == null ? null : hinted(socket, hint);
    return hinted != null ? hinted : searchByName(socket);
  }

  private @Nullable Duplicate searchByName(JdkSocket socket) throws IOException {
    SocketNames names = SocketNames.of(socket);
    if (names == null) {
      return null;
    }
    Duplicate known = proven(socket, names, table);
    if (known != null) {
      return known;
    }
    SocketTable newer = SocketTable.of(kernel, names);
    table = newer;
    return proven(socket, names, newer);
  }

  private @Nullable Duplicate hinted(JdkSocket socket, Hint hint) throws IOException {
    Duplicate duplicate = duplicate(socket, hint.number());
    if (duplicate != null && kernel.cookie(duplicate.number()) != hint.cookie()) {
      kernel.close(duplicate.number());
      return null;
    }
    return duplicate;
  }

  private @Nullable Duplicate proven(JdkSocket socket, SocketNames names, SocketTable table)
      throws IOException {
    for (int number : table.numbers(names).toArray()) {
      Duplicate duplicate = proven(socket, number, names);
      if (duplicate != null) {
        return duplicate;
      }
    }
    return null;
  }

  /// What is proven of the duplicate stays true of it, whatever becomes of the number.
  private @Nullable Duplicate proven(JdkSocket socket, int number, SocketNames names)
      throws IOException {
    Duplicate duplicate = duplicate(socket, number);
    if (duplicate == null) {
      return null;
    }
    try {
      if (names.equals(SocketNames.of(kernel, duplicate.number()))
          && isMarkedBy(socket, duplicate.number())) {
        HINTS.put(socket.object(), new Hint(number, kernel.cookie(duplicate.number())));
        return duplicate;
      }
    } catch (IOException e) {
      kernel.close(duplicate.number());
      throw e;
    }
    kernel.close(duplicate.number());
    return null;
  }

  /// Whether the JDK's socket is this very one: what is set on the one shows on the other. The
  /// option is one that nobody misses for a microsecond.
  private boolean isMarkedBy(JdkSocket socket, int number) throws IOException {
    synchronized (HINTS) {
      boolean before = socket.keepsAlive();
      boolean same = kernel.keepsAlive(number) == before;
      socket.keepAlive(!before);
      same &= kernel.keepsAlive(number) != before;
      socket.keepAlive(before);
      return same;
    }
  }
}
