package io.github.jsendfile.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that takes commands on its standard input, answers each with one line, and ends when
/// its input does.
public final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter commands;

  /// Starts a program; what it says on standard error goes to ours.
  public ChildProcess(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /// The command line for a main class of ours in a JVM of its own.
  ///
  /// @param options options of the JVM
  public static List<String> java(Class<?> main, List<String> options, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /// Gives a command and waits for the answer.
  public String ask(Object command) throws IOException {
    commands.println(command);
    return answer();
  }

  /// Waits for the next line.
  public String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("ended without an answer: " + process.info().command().orElse("it"));
    }
    return line;
  }

  public long pid() {
    return process.pid();
  }

  /// Ends it, and waits until it has ended.
  @Override
  public void close() throws IOException {
    commands.close();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    answers.close();
  }
}
