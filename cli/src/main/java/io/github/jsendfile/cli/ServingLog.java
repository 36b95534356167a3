package io.github.jsendfile.cli;

import io.github.jsendfile.server.AccessLog;
import io.github.jsendfile.server.LogFormat;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a server's access log goes.
final class ServingLog {
  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description =
          "Append a line for each request to this file; - is standard output, off is nowhere;"
              + " ${DEFAULT-VALUE} unless told.",
      defaultValue = "-")
  private String file = "";

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.",
      defaultValue = "common")
  private LogFormat format = LogFormat.COMMON;

  /// Opens it.
  Optional<AccessLog> open(Terminal terminal) throws IOException {
    return switch (file) {
      case "off" -> Optional.empty();
      case "-" -> Optional.of(AccessLog.to(terminal.out(), format));
      default -> Optional.of(AccessLog.to(LocalFiles.path(file), format));
    };
  }
}
