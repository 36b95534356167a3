package io.github.jsendfile.ftp.session;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.RateLimit;
import io.github.jsendfile.ftp.data.Delivery;
import io.github.jsendfile.server.ServerOptions;
import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.server.users.Account;
import java.time.Duration;
import java.util.List;

/// What files go out and come in by, as fast as their account may. Thread-safe.
public final class Movers {
  private final ServerOptions options;
  private final Bandwidth down;
  private final Bandwidth up;
  private final FileSender fastSender;
  private final FileReceiver fastReceiver;

  /// @param options how long a data connection may move nothing, and how fast files go out
  /// @param up how fast files come in
  public Movers(ServerOptions options, Bandwidth up) {
    this.options = options;
    this.down = options.downloads();
    this.up = up;
    this.fastSender = senderOptions().build();
    this.fastReceiver = receiverOptions().build();
  }

  FileSender sender(Account account) {
    List<RateLimit> limits = down.forTransfer(account.name());
    if (limits.isEmpty()) {
      return fastSender;
    }
    FileSender.Builder sender = senderOptions();
    limits.forEach(sender::rateLimit);
    return sender.build();
  }

  FileReceiver receiver(Account account) {
    List<RateLimit> limits = up.forTransfer(account.name());
    if (limits.isEmpty()) {
      return fastReceiver;
    }
    FileReceiver.Builder receiver = receiverOptions();
    limits.forEach(receiver::rateLimit);
    return receiver.build();
  }

  Delivery delivery() {
    return new Delivery(options.stallTimeout());
  }

  private FileSender.Builder senderOptions() {
    return options.sender().progressInterval(Duration.ZERO);
  }

  private FileReceiver.Builder receiverOptions() {
    return FileReceiver.builder()
        .stallTimeout(options.stallTimeout())
        .progressInterval(Duration.ZERO);
  }
}
