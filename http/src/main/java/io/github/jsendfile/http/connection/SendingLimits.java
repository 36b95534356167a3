package io.github.jsendfile.http.connection;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.RateLimit;
import io.github.jsendfile.server.limits.Bandwidth;
import java.util.List;

/// What bounds the sending of files.
public final class SendingLimits {
  /// As long as there are no more connections than this, each may fill the kernel's buffer for it,
  /// 4 MiB at most. It saves the transfer to a fast client most of its wake-ups.
  private static final int MOST_UNBOUNDED = 128;

  /// What may wait in the kernel for each of more clients, besides what is on its way: thousands of
  /// full buffers are more than the kernel has for all of TCP, and then it resets connections. With
  /// 256 KiB, 10,000 clients that read nothing took 1.5 GiB, where it begins to press.
  private static final int UNSENT_BYTES = 64 * 1024;

  private final FileSender unlimited;
  private final Bandwidth bandwidth;
  private final SendingLimits beyond;

  private SendingLimits(FileSender unlimited, FileSender beyond, Bandwidth bandwidth) {
    this.unlimited = unlimited;
    this.bandwidth = bandwidth;
    this.beyond = beyond == unlimited ? this : new SendingLimits(beyond, beyond, bandwidth);
  }

  /// Limits of a server.
  ///
  /// @param options how long a client may take nothing, or little
  /// @param bandwidth how fast; its bound for each transfer is one for each connection
  public static SendingLimits of(FileSender.Builder options, Bandwidth bandwidth) {
    FileSender unlimited = options.build();
    FileSender beyond = unlimited.toBuilder().unsentBytes(UNSENT_BYTES).build();
    return new SendingLimits(unlimited, beyond, bandwidth);
  }

  /// Those of a connection that has just been opened.
  ///
  /// @param open how many are open, with this one
  SendingLimits ofConnection(int open) {
    return open <= MOST_UNBOUNDED ? this : beyond;
  }

  /// Whether there are any.
  boolean areSet() {
    return !bandwidth.isUnlimited();
  }

  /// The sender of a connection, as long as it is one user's.
  ///
  /// @param user for whom it sends
  FileSender sender(String user) {
    List<RateLimit> limits = bandwidth.forTransfer(user);
    if (limits.isEmpty()) {
      return unlimited;
    }
    FileSender.Builder options = unlimited.toBuilder();
    limits.forEach(options::rateLimit);
    return options.build();
  }
}
