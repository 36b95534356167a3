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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How an operator watches a server.
final class WatchOptions {
  final OptionGroup group = new OptionGroup("To watch it:");

  private final Setting<String> file =
      group.valued(
          "--access-log",
          "FILE",
          Function.identity(),
          "-",
          "Append a line for each request and command to this file; - is standard output, off is"
              + " nowhere; ${DEFAULT-VALUE} unless told.");

  private final Setting<LogFormat> format =
      group.choice(
          "--log-format",
          "FORMAT",
          LogFormat.class,
          "common",
          "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.");

  private final Setting<String> metricsAt =
      group.optional(
          "--metrics",
          "[ADDR:]PORT|PATH",
          Function.identity(),
          "Count, and tell Prometheus: at /metrics of this port, which has /health too and asks for"
              + " no password; or at this path, beside the files.");

  private final Setting<String> health =
      group.optional(
          "--health",
          "PATH",
          Function.identity(),
          "Answer 200 at this path, beside the files, to whoever asks.");

  private @Nullable Metrics metrics;

  /// Opens the log.
  Optional<AccessLog> open(Terminal terminal) throws IOException {
    return switch (file.get()) {
      case "off" -> Optional.empty();
      case "-" -> Optional.of(AccessLog.to(terminal.out(), format.get()));
      default -> Optional.of(AccessLog.to(LocalFiles.path(file.get()), format.get()));
    };
  }

  /// Has a server count.
  void apply(ServerBuilder<?> server) {
    if (metricsAt.given().isPresent()) {
      metrics = metrics == null ? Metrics.create() : metrics;
      server.metrics(metrics);
    }
  }

  /// Has a server tell, if it is to be asked for paths.
  void applyPaths(HttpFileServer.Builder server) throws CommandFailure {
    try {
      health.given().ifPresent(server::healthPath);
      metricsPath().ifPresent(server::metricsPath);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--health is \"" + health.get() + "\"; it must begin with a slash", e);
    }
  }

  private Optional<String> metricsPath() {
    return metricsAt.given().filter(place -> place.startsWith("/"));
  }

  /// Where the metrics have a port of their own.
  Optional<ListenAddress> metricsAddress() throws CommandFailure {
    if (metricsAt.given().isEmpty() || metricsPath().isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ListenAddress.parse(metricsAt.get()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "--metrics: " + Diagnosis.oneLine(e), e);
    }
  }

  /// Refuses paths where there is no server that has any.
  void checkWithoutHttp() throws CommandFailure {
    if (health.given().isPresent() || metricsPath().isPresent()) {
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
