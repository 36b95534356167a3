package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.argument.Rate;
import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.server.ServerBuilder;
import io.github.jsendfile.server.limits.Bandwidth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What clients may take of a server: connections, bytes, time.
final class ServingLimits {
  /// As good as no limit, where one is needed.
  static final Duration FOR_EVER = Duration.ofDays(3650);

  @Option(
      names = "--limit-rate",
      paramLabel = "SIZE",
      description = "Send no more than this a second to all clients together, for example 20MiB.")
  private @Nullable Rate limitRate;

  @Option(
      names = "--limit-rate-each",
      paramLabel = "SIZE",
      description = "Send no more than this a second over each HTTP connection, in each transfer.")
  private @Nullable Rate limitRateEach;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description =
          "Refuse more connections than this to each server; ${DEFAULT-VALUE} unless told.",
      defaultValue = "10000")
  private int maxConnections;

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "N",
      description = "Refuse more connections from one address; no bound unless told.")
  private @Nullable Integer maxConnectionsPerAddress;

  @Option(
      names = "--head-timeout",
      paramLabel = "TIME",
      description = "How long the head of an HTTP request may take; ${DEFAULT-VALUE} unless told.",
      defaultValue = "20s")
  private TimeLimit headTimeout = TimeLimit.NONE;

  @Option(
      names = "--body-timeout",
      paramLabel = "TIME",
      description =
          "How long the body of an HTTP request may take, besides the time it takes at the least"
              + " rate; ${DEFAULT-VALUE} unless told.",
      defaultValue = "30s")
  private TimeLimit bodyTimeout = TimeLimit.NONE;

  @Option(
      names = "--stall-timeout",
      paramLabel = "TIME",
      description =
          "Cut off a transfer that moves nothing for this long; 30s over HTTP, 1m over FTP unless"
              + " told.")
  private @Nullable TimeLimit stallTimeout;

  @Option(
      names = "--least-rate",
      paramLabel = "SIZE",
      description =
          "Cut off a client that takes less than this a second, on average over twice the stall"
              + " timeout, or sends a body more slowly; ${DEFAULT-VALUE} unless told.",
      defaultValue = "1KiB")
  private @Nullable Rate leastRate;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      description =
          "Keep an idle connection for this long; 60s over HTTP, 5m over FTP unless told.")
  private @Nullable TimeLimit idleTimeout;

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      description =
          "How long transfers may go on after Ctrl-C; ${DEFAULT-VALUE} unless told, none for as"
              + " long as they take.",
      defaultValue = "10s")
  private TimeLimit drainTimeout = TimeLimit.NONE;

  private @Nullable Bandwidth bandwidth;

  /// What counts for each server, and the rate for all of them together.
  void apply(ServerBuilder<?> server) throws CommandFailure {
    atLeastOne("--max-connections", maxConnections);
    server.maxConnections(maxConnections);
    if (maxConnectionsPerAddress != null) {
      atLeastOne("--max-connections-per-address", maxConnectionsPerAddress);
      server.maxConnectionsPerAddress(maxConnectionsPerAddress);
    }
    bandwidth = bandwidth == null ? bandwidth() : bandwidth;
    server.downloadBandwidth(bandwidth);
    if (stallTimeout != null) {
      server.stallTimeout(orForEver(stallTimeout));
    }
    if (leastRate != null) {
      server.leastRate(leastRate.bytesPerSecond());
    }
    if (idleTimeout != null) {
      server.idleTimeout(orForEver(idleTimeout));
    }
  }

  /// What counts for HTTP alone.
  void applyHead(HttpFileServer.Builder server) {
    server.headTimeout(orForEver(headTimeout));
    server.bodyTimeout(orForEver(bodyTimeout));
  }

  private Bandwidth bandwidth() {
    Bandwidth.Builder limits = Bandwidth.builder();
    if (limitRate != null) {
      limits.total(limitRate.bytesPerSecond());
    }
    if (limitRateEach != null) {
      limits.perTransfer(limitRateEach.bytesPerSecond());
    }
    return limits.build();
  }

  private static void atLeastOne(String option, int value) throws CommandFailure {
    if (value < 1) {
      throw new CommandFailure(ExitCode.USAGE, option + " is " + value + "; it must be 1 or more");
    }
  }

  private static Duration orForEver(TimeLimit limit) {
    return limit.duration().orElse(FOR_EVER);
  }

  Duration drainTimeout() {
    return orForEver(drainTimeout);
  }
}
