package io.github.jsendfile.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Programs of this machine.
public final class Programs {
  private Programs() {}

  /// The last line a program says about itself; before it, one may tell that it builds itself.
  ///
  /// @param command for example `nginx -v`
  /// @return empty if there is no such program
  public static Optional<String> version(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said.lines()
          .filter(line -> !line.isBlank())
          .reduce((_, last) -> last)
          .map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
