package io.github.jsendfile.cli;

import io.github.jsendfile.RateLimit;
import io.github.jsendfile.http.HttpFileServer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What clients may take of a server: connections, bytes, time.
final class ServingLimits {
  /// As good as no limit, where one is needed.
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  @Option(
      names = "--limit-rate",
      paramLabel = "SIZE",
      description = "Send no more than this a second to all clients together, for example 20MiB.")
  private @Nullable Rate limitRate;

  @Option(
      names = "--limit-rate-each",
      paramLabel = "SIZE",
      description = "Send no more than this a second over each connection.")
  private @Nullable Rate limitRateEach;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Answer 503 to more connections than this; ${DEFAULT-VALUE} unless told.",
      defaultValue = "10000")
  private int maxConnections;

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "N",
      description = "Answer 503 to more connections from one address; no bound unless told.")
  private @Nullable Integer maxConnectionsPerAddress;

  @Option(
      names = "--head-timeout",
      paramLabel = "TIME",
      description = "How long the head of a request may take; ${DEFAULT-VALUE} unless told.",
      defaultValue = "20s")
  private TimeLimit headTimeout = TimeLimit.NONE;

  @Option(
      names = "--body-timeout",
      paramLabel = "TIME",
      description =
          "How long the body of a request may take, besides a second for every KiB;"
              + " ${DEFAULT-VALUE} unless told.",
      defaultValue = "30s")
  private TimeLimit bodyTimeout = TimeLimit.NONE;

  @Option(
      names = "--stall-timeout",
      paramLabel = "TIME",
      description = "Cut off who takes no byte for this long; ${DEFAULT-VALUE} unless told.",
      defaultValue = "30s")
  private TimeLimit stallTimeout = TimeLimit.NONE;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      description = "Keep an idle connection for this long; ${DEFAULT-VALUE} unless told.",
      defaultValue = "60s")
  private TimeLimit idleTimeout = TimeLimit.NONE;

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      description =
          "How long transfers may go on after Ctrl-C; ${DEFAULT-VALUE} unless told, none for as"
              + " long as they take.",
      defaultValue = "10s")
  private TimeLimit drainTimeout = TimeLimit.NONE;

  void apply(HttpFileServer.Builder server) {
    if (limitRate != null) {
      server.totalRate(RateLimit.bytesPerSecond(limitRate.bytesPerSecond()));
    }
    if (limitRateEach != null) {
      server.rateEach(limitRateEach.bytesPerSecond());
    }
    server.maxConnections(maxConnections);
    if (maxConnectionsPerAddress != null) {
      server.maxConnectionsPerAddress(maxConnectionsPerAddress);
    }
    set(headTimeout, server::headTimeout);
    set(bodyTimeout, server::bodyTimeout);
    set(stallTimeout, server::stallTimeout);
    set(idleTimeout, server::idleTimeout);
  }

  private static void set(TimeLimit limit, Consumer<Duration> option) {
    option.accept(limit.duration().orElse(FOR_EVER));
  }

  Duration drainTimeout() {
    return drainTimeout.duration().orElse(FOR_EVER);
  }
}
