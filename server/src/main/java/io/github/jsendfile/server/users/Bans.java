package io.github.jsendfile.server.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.jsendfile.server.limits.ClientNetwork;
import java.net.InetAddress;
import java.time.Duration;

/// Slows down who guesses passwords, and bans them for a time: by address, or by IPv6 network of 64
/// bits, over all their connections. Remembers a bounded number of addresses. Thread-safe.
public final class Bans {
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 4; // 8 seconds
  private static final int MOST_REMEMBERED = 100_000;

  private final int most;
  private final Cache<InetAddress, Integer> failures;

  Bans(int most, Duration time, Ticker ticker) {
    if (most < 1) {
      throw new IllegalArgumentException("failures is " + most + "; it must be 1 or more");
    }
    this.most = most;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(time)
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /// Bans an address after so many failures, until it has been quiet for a time.
  ///
  /// @param failures at least 1
  /// @param time how long a ban lasts, and how long a failure counts after the last one
  /// @return bans, none at first
  /// @throws IllegalArgumentException if failures is less than 1
  public static Bans after(int failures, Duration time) {
    return new Bans(failures, time, Ticker.systemTicker());
  }

  /// Counts a failure.
  ///
  /// @param client who gave a wrong name or password
  /// @return how long to wait before saying so: longer each time, 8 seconds at most
  public Duration failed(InetAddress client) {
    int count = failures.asMap().merge(ClientNetwork.of(client), 1, Integer::sum);
    return FIRST_DELAY.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS));
  }

  /// Forgets the failures of a client that has proven who it is, so not of one that is anonymous.
  ///
  /// @param client who logged in
  public void succeeded(InetAddress client) {
    failures
        .asMap()
        .computeIfPresent(ClientNetwork.of(client), (_, count) -> count >= most ? count : null);
  }

  /// Whether a client is banned.
  ///
  /// @param client who connects
  /// @return true from the last failure allowed on, for the time
  public boolean isBanned(InetAddress client) {
    Integer count = failures.getIfPresent(ClientNetwork.of(client));
    return count != null && count >= most;
  }
}
