package io.github.jsendfile.ftp.control;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.RateLimit;
import io.github.jsendfile.ftp.Account;
import io.github.jsendfile.ftp.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How fast files go out and come in. Thread-safe.
public final class Bandwidth {
  private final Duration stall;
  private final Rates down;
  private final Rates up;
  private final FileSender fastSender;
  private final FileReceiver fastReceiver;

  /// @param stall how long a data connection may move nothing
  /// @param down bytes a second that go out at most
  /// @param up bytes a second that come in at most
  public Bandwidth(Duration stall, Map<Share, Long> down, Map<Share, Long> up) {
    this.stall = stall;
    this.down = new Rates(down);
    this.up = new Rates(up);
    this.fastSender = senderOptions().build();
    this.fastReceiver = receiverOptions().build();
  }

  FileSender sender(Account account) {
    if (down.isUnlimited()) {
      return fastSender;
    }
    FileSender.Builder options = senderOptions();
    down.limits(account.name()).forEach(options::rateLimit);
    return options.build();
  }

  FileReceiver receiver(Account account) {
    if (up.isUnlimited()) {
      return fastReceiver;
    }
    FileReceiver.Builder options = receiverOptions();
    up.limits(account.name()).forEach(options::rateLimit);
    return options.build();
  }

  private FileSender.Builder senderOptions() {
    return FileSender.builder().stallTimeout(stall).exactly().progressInterval(Duration.ZERO);
  }

  private FileReceiver.Builder receiverOptions() {
    return FileReceiver.builder().stallTimeout(stall).progressInterval(Duration.ZERO);
  }

  /// The limits of one direction.
  private static final class Rates {
    private final Map<Share, Long> bytesPerSecond;
    private final ConcurrentMap<String, RateLimit> ofUsers = new ConcurrentHashMap<>();
    private final List<RateLimit> ofServer;

    Rates(Map<Share, Long> bytesPerSecond) {
      this.bytesPerSecond = new EnumMap<>(Share.class);
      this.bytesPerSecond.putAll(bytesPerSecond);
      this.ofServer = ofOne(Share.SERVER);
    }

    boolean isUnlimited() {
      return bytesPerSecond.isEmpty();
    }

    /// All limits that a transfer keeps.
    List<RateLimit> limits(String user) {
      List<RateLimit> limits = new ArrayList<>(ofServer);
      limits.addAll(ofOne(Share.TRANSFER));
      Long perUser = bytesPerSecond.get(Share.USER);
      if (perUser != null) {
        limits.add(ofUsers.computeIfAbsent(user, _ -> RateLimit.bytesPerSecond(perUser)));
      }
      return limits;
    }

    private List<RateLimit> ofOne(Share share) {
      Long rate = bytesPerSecond.get(share);
      return rate == null ? List.of() : List.of(RateLimit.bytesPerSecond(rate));
    }
  }
}
