package io.github.jsendfile.http.connection;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.RateLimit;
import io.github.jsendfile.server.limits.Bandwidth;
import java.time.Duration;
import java.util.List;

/// What bounds the sending of files.
public final class SendingLimits {
  /// What may wait in the kernel for a client that does not read, besides what is on its way.
  private static final int UNSENT_BYTES = 256 * 1024;

  private final FileSender unlimited;
  private final Bandwidth bandwidth;

  private SendingLimits(FileSender unlimited, Bandwidth bandwidth) {
    this.unlimited = unlimited;
    this.bandwidth = bandwidth;
  }

  /// Limits of a server.
  ///
  /// @param stall how long a client may take nothing
  /// @param bandwidth how fast; its bound for each transfer is one for each connection
  public static SendingLimits of(Duration stall, Bandwidth bandwidth) {
    FileSender unlimited =
        FileSender.builder().exactly().stallTimeout(stall).unsentBytes(UNSENT_BYTES).build();
    return new SendingLimits(unlimited, bandwidth);
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
