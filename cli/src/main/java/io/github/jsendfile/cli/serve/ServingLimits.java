package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.argument.Rate;
import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.ftp.FtpServer;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.server.ServerBuilder;
import io.github.jsendfile.server.limits.Bandwidth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What clients may take of a server: connections, bytes, time.
final class ServingLimits {
  /// As good as no limit, where one is needed.
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  final OptionGroup group = new OptionGroup("Limits:");

  private final Setting<Rate> limitRate =
      group.optional(
          "--limit-rate",
          "SIZE",
          Rate::parse,
          "Send no more than this a second to all clients together, for example 20MiB.");

  private final Setting<Rate> limitRateEach =
      group.optional(
          "--limit-rate-each",
          "SIZE",
          Rate::parse,
          "Send no more than this a second over each HTTP connection, in each transfer.");

  private final Setting<Rate> limitRateUser =
      group.optional(
          "--limit-rate-user",
          "SIZE",
          Rate::parse,
          "Send no more than this a second to each user, however many connections they have;"
              + " everybody without an account is one user.");

  private final Setting<Rate> limitUploadRate =
      group.optional(
          "--limit-upload-rate",
          "SIZE",
          Rate::parse,
          "Take no more than this a second over FTP from all clients together.");

  private final Setting<Rate> limitUploadRateEach =
      group.optional(
          "--limit-upload-rate-each",
          "SIZE",
          Rate::parse,
          "Take no more than this a second over FTP in each transfer.");

  private final Setting<Integer> maxConnections =
      group.valued(
          "--max-connections",
          "N",
          OptionGroup::wholeNumber,
          "10000",
          "Refuse more connections than this to each server; ${DEFAULT-VALUE} unless told.");

  private final Setting<Integer> maxConnectionsPerAddress =
      group.optional(
          "--max-connections-per-address",
          "N",
          OptionGroup::wholeNumber,
          "Refuse more connections from one address; no bound unless told.");

  private final Setting<TimeLimit> headTimeout =
      group.valued(
          "--head-timeout",
          "TIME",
          TimeLimit::parse,
          "20s",
          "How long the head of an HTTP request may take; ${DEFAULT-VALUE} unless told.");

  private final Setting<TimeLimit> bodyTimeout =
      group.valued(
          "--body-timeout",
          "TIME",
          TimeLimit::parse,
          "30s",
          "How long the body of an HTTP request may take, besides the time it takes at the least"
              + " rate; ${DEFAULT-VALUE} unless told.");

  private final Setting<TimeLimit> stallTimeout =
      group.optional(
          "--stall-timeout",
          "TIME",
          TimeLimit::parse,
          "Cut off a transfer that moves nothing for this long; 30s over HTTP, 1m over FTP unless"
              + " told.");

  private final Setting<Rate> leastRate =
      group.valued(
          "--least-rate",
          "SIZE",
          Rate::parse,
          "1KiB",
          "Cut off a client that takes less than this a second, on average over twice the stall"
              + " timeout, or sends a body more slowly; ${DEFAULT-VALUE} unless told.");

  private final Setting<TimeLimit> idleTimeout =
      group.optional(
          "--idle-timeout",
          "TIME",
          TimeLimit::parse,
          "Keep an idle connection for this long; 60s over HTTP, 5m over FTP unless told.");

  private final Setting<TimeLimit> drainTimeout =
      group.valued(
          "--drain-timeout",
          "TIME",
          TimeLimit::parse,
          "10s",
          "How long transfers may go on after Ctrl-C; ${DEFAULT-VALUE} unless told, none for as"
              + " long as they take.");

  private @Nullable Bandwidth downloads;

  /// What counts for each server, and the rate for all of them together.
  void apply(ServerBuilder<?> server) throws CommandFailure {
    server.maxConnections(atLeastOne(maxConnections));
    if (maxConnectionsPerAddress.given().isPresent()) {
      server.maxConnectionsPerAddress(atLeastOne(maxConnectionsPerAddress));
    }
    downloads = downloads == null ? downloads() : downloads;
    server.downloadBandwidth(downloads);
    stallTimeout.given().ifPresent(limit -> server.stallTimeout(orForEver(limit)));
    server.leastRate(leastRate.get().bytesPerSecond());
    idleTimeout.given().ifPresent(limit -> server.idleTimeout(orForEver(limit)));
  }

  /// What counts for HTTP alone.
  void applyHead(HttpFileServer.Builder server) {
    server.headTimeout(orForEver(headTimeout.get()));
    server.bodyTimeout(orForEver(bodyTimeout.get()));
  }

  /// What counts for FTP alone.
  void applyUploads(FtpServer.Builder server) {
    server.uploadBandwidth(bandwidth(limitUploadRate, limitUploadRateEach).build());
  }

  private Bandwidth downloads() {
    Bandwidth.Builder limits = bandwidth(limitRate, limitRateEach);
    limitRateUser.given().ifPresent(rate -> limits.perUser(rate.bytesPerSecond()));
    return limits.build();
  }

  private static Bandwidth.Builder bandwidth(Setting<Rate> total, Setting<Rate> each) {
    Bandwidth.Builder limits = Bandwidth.builder();
    total.given().ifPresent(rate -> limits.total(rate.bytesPerSecond()));
    each.given().ifPresent(rate -> limits.perTransfer(rate.bytesPerSecond()));
    return limits;
  }

  private static int atLeastOne(Setting<Integer> setting) throws CommandFailure {
    int value = setting.get();
    if (value < 1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          setting.option().longestName() + " is " + value + "; it must be 1 or more");
    }
    return value;
  }

  static Duration orForEver(TimeLimit limit) {
    return limit.duration().orElse(FOR_EVER);
  }

  Duration drainTimeout() {
    return orForEver(drainTimeout.get());
  }
}
