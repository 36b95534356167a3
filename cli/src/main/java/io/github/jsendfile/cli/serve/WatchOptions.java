package io.github.jsendfile.cli.serve;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.Diagnosis;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.LocalFiles;
import io.github.jsendfile.cli.console.Terminal;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.http.MetricsServer;
import io.github.jsendfile.server.ServerBuilder;
import io.github.jsendfile.server.log.AccessLog;
import io.github.jsendfile.server.log.LogFormat;
import io.github.jsendfile.server.log.Metrics;
import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How an operator watches a server.
final class WatchOptions {
  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description =
          "Append a line for each request and command to this file; - is standard output, off is"
              + " nowhere; ${DEFAULT-VALUE} unless told.",
      defaultValue = "-")
  private String file = "";

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.",
      defaultValue = "common")
  private LogFormat format = LogFormat.COMMON;

  @Option(
      names = "--metrics",
      paramLabel = "[ADDR:]PORT|PATH",
      description =
          "Count, and tell Prometheus: at /metrics of this port, which has /health too and asks for"
              + " no password; or at this path, beside the files.")
  private @Nullable String metricsAt;

  @Option(
      names = "--health",
      paramLabel = "PATH",
      description = "Answer 200 at this path, beside the files, to whoever asks.")
  private @Nullable String health;

  private @Nullable Metrics metrics;

  /// Opens the log.
  Optional<AccessLog> open(Terminal terminal) throws IOException {
    return switch (file) {
      case "off" -> Optional.empty();
      case "-" -> Optional.of(AccessLog.to(terminal.out(), format));
      default -> Optional.of(AccessLog.to(LocalFiles.path(file), format));
    };
  }

  /// Has a server count.
  void apply(ServerBuilder<?> server) {
    if (metricsAt != null) {
      metrics = metrics == null ? Metrics.create() : metrics;
      server.metrics(metrics);
    }
  }

  /// Has a server tell, if it is to be asked for paths.
  void applyPaths(HttpFileServer.Builder server) throws CommandFailure {
    try {
      if (health != null) {
        server.healthPath(health);
      }
      if (metricsAt != null && metricsAt.startsWith("/")) {
        server.metricsPath(metricsAt);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--health is \"" + health + "\"; it must begin with a slash", e);
    }
  }

  /// Where the metrics have a port of their own.
  Optional<ListenAddress> metricsAddress() throws CommandFailure {
    if (metricsAt == null || metricsAt.startsWith("/")) {
      return Optional.empty();
    }
    try {
      return Optional.of(ListenAddress.parse(metricsAt));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "--metrics: " + Diagnosis.oneLine(e), e);
    }
  }

  /// Refuses paths where there is no server that has any.
  void checkWithoutHttp() throws CommandFailure {
    if (health != null || (metricsAt != null && metricsAt.startsWith("/"))) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "paths of --health and --metrics are those of --http, which is not on; --metrics can be a"
              + " port");
    }
  }

  /// Begins to tell what was counted, on this port.
  MetricsServer startMetrics(ListenAddress address) throws IOException {
    try {
      return MetricsServer.start(address.resolve(false), requireNonNull(metrics, "metrics"));
    } catch (BindException e) {
      throw address.refusedBy(e);
    }
  }
}
