package io.github.jsendfile.server;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.server.log.AccessEntry;
import io.github.jsendfile.server.log.AccessLog;
import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.server.users.Authorizer;
import io.github.jsendfile.server.users.Bans;
import io.github.jsendfile.server.users.Logins;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What every server is told, whatever its protocol; set by a [ServerBuilder].
///
/// @param address where to listen
/// @param maxConnections how many may be open
/// @param maxConnectionsPerAddress how many may be open from one address
/// @param idleTimeout how long a client may ask nothing
/// @param stallTimeout how long a transfer may move nothing
/// @param leastRate how many bytes a second a client has to take
/// @param downloads how fast files go out
/// @param loginDelay how long a failed login waits for its answer
/// @param bans who is turned away; null for nobody
/// @param accessLog where answers are written; null for nowhere
/// @param metrics what counts; null if nothing does
public record ServerOptions(
    InetSocketAddress address,
    int maxConnections,
    int maxConnectionsPerAddress,
    Duration idleTimeout,
    Duration stallTimeout,
    long leastRate,
    Bandwidth downloads,
    Duration loginDelay,
    @Nullable Bans bans,
    @Nullable AccessLog accessLog,
    @Nullable Metrics metrics) {
  /// The options of whatever sends files: its limits, without rates.
  ///
  /// @return a sender that fails where a file is shorter than it was
  public FileSender.Builder sender() {
    return FileSender.builder()
        .exactly()
        .stallTimeout(stallTimeout)
        .leastRate(leastRate, stallTimeout.plus(stallTimeout));
  }

  /// The rules of logging in as these options want them.
  ///
  /// @param protocol for the metrics
  /// @param authorizer who may log in
  /// @return the rules
  public Logins logins(String protocol, Authorizer authorizer) {
    return new Logins(
        authorizer,
        loginDelay,
        bans,
        metrics == null ? _ -> {} : ok -> metrics.loggedIn(protocol, ok));
  }

  /// Adds the numbers of a server that has just been started to the metrics, if there are any.
  ///
  /// @param show adds them
  /// @param close ends the server if the metrics have the numbers of another one already
  public void showNumbers(Consumer<Metrics> show, Runnable close) {
    if (metrics == null) {
      return;
    }
    try {
      show.accept(metrics);
    } catch (RuntimeException e) {
      close.run();
      throw e;
    }
  }

  /// Who is told of answers: log and metrics.
  ///
  /// @return null if nobody is, so that no entry need be made
  public @Nullable Consumer<AccessEntry> answers() {
    if (accessLog == null) {
      return metrics == null ? null : metrics::answered;
    }
    return metrics == null
        ? accessLog::log
        : entry -> {
          accessLog.log(entry);
          metrics.answered(entry);
        };
  }

  /// Who is told which time limit has ended a connection or a transfer.
  ///
  /// @return takes the names of limits
  public Consumer<String> timeouts() {
    return metrics == null ? _ -> {} : metrics::timedOut;
  }
}
