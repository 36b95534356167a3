package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A client that we did not write, run as a process; its test is skipped where it is not
/// installed.
final class Judge {
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private int count;

  /// @param directory where its output and its home are
  Judge(Path directory) {
    this.directory = directory;
  }

  /// What a program said and how it ended.
  record Verdict(int exitCode, String output) {}

  /// Skips the test unless a program is there.
  static void needs(String program) {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    Assumptions.assumeTrue(found, program + " is not installed");
  }

  /// Runs a program that has to succeed.
  String succeeds(String... command) throws IOException {
    Verdict verdict = run(command);
    assertThat(verdict.exitCode())
        .as("%s said: %s", String.join(" ", command), verdict.output())
        .isZero();
    return verdict.output();
  }

  /// Runs a program.
  Verdict run(String... command) throws IOException {
    needs(command[0]);
    Path output = directory.resolve("output-" + count++);
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            String.join(" ", command) + " does not end: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
    return new Verdict(process.exitValue(), Files.readString(output));
  }
}
