package io.github.jsendfile.http.connection;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What bounds the sending of files.
public final class SendingLimits {
  /// What may wait in the kernel for a client that does not read, besides what is on its way.
  private static final int UNSENT_BYTES = 256 * 1024;

  private final FileSender shared;
  private final @Nullable Long bytesPerSecondEach;

  private SendingLimits(FileSender shared, @Nullable Long bytesPerSecondEach) {
    this.shared = shared;
    this.bytesPerSecondEach = bytesPerSecondEach;
  }

  /// Limits of a server.
  ///
  /// @param stall how long a client may take nothing
  /// @param together the rate of all connections, null for none
  /// @param bytesPerSecondEach the rate of each connection, null for none
  public static SendingLimits of(
      Duration stall, @Nullable RateLimit together, @Nullable Long bytesPerSecondEach) {
    FileSender.Builder builder =
        FileSender.builder().exactly().stallTimeout(stall).unsentBytes(UNSENT_BYTES);
    if (together != null) {
      builder.rateLimit(together);
    }
    return new SendingLimits(builder.build(), bytesPerSecondEach);
  }

  /// The sender of one connection.
  FileSender sender() {
    return bytesPerSecondEach == null
        ? shared
        : shared.toBuilder().rateLimit(RateLimit.bytesPerSecond(bytesPerSecondEach)).build();
  }
}
