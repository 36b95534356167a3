package io.github.jsendfile.ftp.control;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.ftp.Account;
import java.time.Duration;

/// How fast files go out and come in. Thread-safe.
public final class Bandwidth {
  private final FileSender sender;
  private final FileReceiver receiver;

  /// @param stall how long a data connection may move nothing
  public Bandwidth(Duration stall) {
    sender =
        FileSender.builder().stallTimeout(stall).exactly().progressInterval(Duration.ZERO).build();
    receiver = FileReceiver.builder().stallTimeout(stall).progressInterval(Duration.ZERO).build();
  }

  FileSender sender(Account account) {
    return sender;
  }

  FileReceiver receiver(Account account) {
    return receiver;
  }
}
