package io.github.jsendfile.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jsendfile.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `jsendfile serve` as a process of its own.
final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";

  private final Process process;
  private final BufferedReader err;
  private final List<String> said = new ArrayList<>();

  private ServerProcess(Process process) {
    this.process = process;
    this.err = process.errorReader();
  }

  static ServerProcess start(Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start());
  }

  /// One that may have only so many files and sockets open.
  static ServerProcess startWithDescriptors(int most, String... arguments) throws IOException {
    List<String> limited = List.of("/bin/sh", "-c", "ulimit -n " + most + "; exec \"$@\"", "sh");
    List<String> command = new ArrayList<>(limited);
    command.addAll(command(arguments));
    return new ServerProcess(new ProcessBuilder(command).start());
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:-MaxFDLimit", "-cp", classPath()));
    command.addAll(List.of(Main.class.getName(), "serve"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String classPath() {
    return System.getProperty("jdk.module.path", "") + ":" + System.getProperty("java.class.path");
  }

  /// Where it listens, once it does.
  URI address() throws IOException {
    return URI.create(line(LISTENING));
  }

  /// The rest of the next line it says that begins so.
  String line(String beginning) throws IOException {
    String line = err.readLine();
    while (line != null && !line.startsWith(beginning)) {
      said.add(line);
      line = err.readLine();
    }
    if (line == null) {
      throw new IOException("it does not say \"" + beginning + "\": " + said);
    }
    said.add(line);
    return line.substring(beginning.length());
  }

  /// Everything it has said before and with its address.
  String announced() {
    return String.join("\n", said);
  }

  void terminate() {
    process.toHandle().destroy(); // Process.destroy() would close its streams
  }

  int exitCode() throws InterruptedException, IOException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IOException("it does not end");
    }
    return process.exitValue();
  }

  /// What it says on standard error until it ends.
  List<String> errors() {
    return err.lines().toList();
  }

  String out() throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
