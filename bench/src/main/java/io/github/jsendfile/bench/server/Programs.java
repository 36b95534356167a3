package io.github.jsendfile.bench.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Programs of this machine, and libraries of the class path.
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

  /// The version of a library: its jar is called after it.
  ///
  /// @return empty if it is not on the class path
  public static Optional<String> library(String artifact) {
    Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-([0-9].*)\\.jar");
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(path -> jar.matcher(path.substring(path.lastIndexOf(File.separatorChar) + 1)))
        .filter(Matcher::matches)
        .map(found -> artifact + " " + found.group(1))
        .findFirst();
  }
}
