package io.github.jsendfile.linux;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// What a failed call means to a transfer, as a table. Numbers are those of Linux on x86-64 and
/// AArch64, which agree on all of these.
public enum Errno {
  EPERM(1, Meaning.DECLINE, "a sandbox forbids the call"),
  EINTR(4, Meaning.AGAIN, "a signal came first; nothing moved"),
  EIO(5, Meaning.FILE, "the disk failed"),
  EBADF(9, Meaning.DECLINE, "the descriptor was closed in between; the JDK's own call says how"),
  EAGAIN(11, Meaning.WOULD_BLOCK, "the socket is full"),
  ENOMEM(12, Meaning.DECLINE, "no kernel memory for the pipe inside sendfile; a copy needs none"),
  EACCES(13, Meaning.DECLINE, "a security module forbids the call"),
  EINVAL(22, Meaning.DECLINE, "the file system, or the file, cannot be sent from"),
  ENFILE(23, Meaning.WOULD_BLOCK, "the machine has no descriptor left; a small write needs none"),
  EMFILE(24, Meaning.WOULD_BLOCK, "the process has no descriptor left; a small write needs none"),
  ESPIPE(29, Meaning.DECLINE, "the file has no positions"),
  EPIPE(32, Meaning.PEER, "the peer has closed the connection"),
  ENOSYS(38, Meaning.DECLINE, "the kernel, or an emulation of it, lacks the call"),
  EOVERFLOW(75, Meaning.DECLINE, "the position is beyond what the file system counts"),
  ENOTSOCK(88, Meaning.DECLINE, "the target is no socket"),
  EOPNOTSUPP(95, Meaning.DECLINE, "the file system does not offer it"),
  ENETDOWN(100, Meaning.PEER, "the network to the peer is down"),
  ENETUNREACH(101, Meaning.PEER, "there is no way to the peer any more"),
  ECONNABORTED(103, Meaning.PEER, "the connection was given up"),
  ECONNRESET(104, Meaning.PEER, "the peer reset the connection"),
  ENOTCONN(107, Meaning.PEER, "the connection is gone"),
  ETIMEDOUT(110, Meaning.PEER, "the peer answers no more"),
  EHOSTUNREACH(113, Meaning.PEER, "the peer's host cannot be reached any more"),
  UNKNOWN(0, Meaning.FILE, "an error this table does not know");

  /// What a transfer does about it.
  public enum Meaning {
    /// Makes the same call again.
    AGAIN,
    /// Waits, by a small ordinary write.
    WOULD_BLOCK,
    /// Leaves it to the next mechanism, if nothing has moved.
    DECLINE,
    /// Ends: the peer's fault.
    PEER,
    /// Ends: the file's fault, or nobody's.
    FILE
  }

  private static final Map<Integer, Errno> BY_NUMBER =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(row -> row.number, row -> row));

  private final int number;
  private final Meaning meaning;
  private final String reason;

  Errno(int number, Meaning meaning, String reason) {
    this.number = number;
    this.meaning = meaning;
    this.reason = reason;
  }

  /// The row of a number; of a result that is negative, negate it first.
  public static Errno of(long number) {
    return BY_NUMBER.getOrDefault((int) number, UNKNOWN);
  }

  /// What a transfer does about it.
  public Meaning meaning() {
    return meaning;
  }

  /// Its name and the reason, for a message.
  public String describe() {
    return name() + ": " + reason;
  }
}
