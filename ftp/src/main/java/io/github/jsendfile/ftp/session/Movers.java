package io.github.jsendfile.ftp.session;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.RateLimit;
import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.server.users.Account;
import java.time.Duration;
import java.util.List;

/// What files go out and come in by, as fast as their account may. Thread-safe.
public final class Movers {
  private final Duration stall;
  private final Bandwidth down;
  private final Bandwidth up;
  private final FileSender fastSender;
  private final FileReceiver fastReceiver;

  /// @param stall how long a data connection may move nothing
  /// @param down how fast files go out
  /// @param up how fast files come in
  public Movers(Duration stall, Bandwidth down, Bandwidth up) {
    this.stall = stall;
    this.down = down;
    this.up = up;
    this.fastSender = senderOptions().build();
    this.fastReceiver = receiverOptions().build();
  }

  FileSender sender(Account account) {
    List<RateLimit> limits = down.forTransfer(account.name());
    if (limits.isEmpty()) {
      return fastSender;
    }
    FileSender.Builder options = senderOptions();
    limits.forEach(options::rateLimit);
    return options.build();
  }

  FileReceiver receiver(Account account) {
    List<RateLimit> limits = up.forTransfer(account.name());
    if (limits.isEmpty()) {
      return fastReceiver;
    }
    FileReceiver.Builder options = receiverOptions();
    limits.forEach(options::rateLimit);
    return options.build();
  }

  private FileSender.Builder senderOptions() {
    return FileSender.builder().stallTimeout(stall).exactly().progressInterval(Duration.ZERO);
  }

  private FileReceiver.Builder receiverOptions() {
    return FileReceiver.builder().stallTimeout(stall).progressInterval(Duration.ZERO);
  }
}
