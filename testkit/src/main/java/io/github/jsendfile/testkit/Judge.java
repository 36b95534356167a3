package io.github.jsendfile.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A program that we did not write, run as a process; its test is skipped where it is not
/// installed.
public final class Judge {
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private int count;

  /// Prepares for programs.
  ///
  /// @param directory where they run, where their home is and what they say is kept
  public Judge(Path directory) {
    this.directory = directory;
  }

  /// What a program said and how it ended.
  ///
  /// @param exitCode of the process
  /// @param output what it wrote, errors too
  public record Verdict(int exitCode, String output) {}

  /// Skips the test unless a program is there.
  ///
  /// @param program its name
  public static void needs(String program) {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    Assumptions.assumeTrue(found, program + " is not installed");
  }

  /// Skips the test unless NODE_PATH leads to what its script needs.
  ///
  /// @param names packages of Node
  public static void needsNodeModules(String... names) {
    String path = System.getenv("NODE_PATH");
    for (String name : names) {
      boolean found =
          path != null
              && Stream.of(path.split(File.pathSeparator, -1))
                  .anyMatch(folder -> Files.isDirectory(Path.of(folder, name)));
      Assumptions.assumeTrue(found, "NODE_PATH does not lead to " + name);
    }
  }

  /// Runs a program that has to succeed.
  ///
  /// @param command the program and its arguments
  /// @return what it said
  /// @throws IOException if it cannot be started
  public String succeeds(String... command) throws IOException {
    Verdict verdict = run(command);
    if (verdict.exitCode() != 0) {
      throw new AssertionError(
          String.join(" ", command)
              + " ended with "
              + verdict.exitCode()
              + " and said: "
              + verdict.output());
    }
    return verdict.output();
  }

  /// Runs a program.
  ///
  /// @param command the program and its arguments
  /// @return how it ended
  /// @throws IOException if it cannot be started
  public Verdict run(String... command) throws IOException {
    needs(command[0]);
    Path output = directory.resolve(".output-" + count++);
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            String.join(" ", command) + " does not end: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Verdict(process.exitValue(), Files.readString(output));
  }
}
