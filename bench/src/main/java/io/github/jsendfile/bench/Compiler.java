package io.github.jsendfile.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The machine's C compiler.
public final class Compiler {
  private Compiler() {}

  /// Its first line about itself; empty when there is none.
  public static Optional<String> version() {
    try {
      Process process = new ProcessBuilder("cc", "--version").redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said.lines().findFirst() : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// Makes a program of a C file that lies next to a class.
  public static Path compile(Class<?> neighbour, String resource, Path scratch) throws IOException {
    Path source = Resources.copy(neighbour, resource, scratch);
    Path program = scratch.resolve(resource.replaceFirst("\\.c$", ""));
    Process process =
        new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
            .inheritIO()
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("cc cannot compile " + source);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while cc compiled " + source, e);
    }
    return program;
  }
}
