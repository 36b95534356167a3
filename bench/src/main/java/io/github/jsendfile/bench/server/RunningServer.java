package io.github.jsendfile.bench.server;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, with all that it starts.
public final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 2;

  private final ServerProgram program;
  private final Site site;
  private final Process process;
  private final ProcessTree tree;

  private RunningServer(ServerProgram program, Site site, Process process) {
    this.program = program;
    this.site = site;
    this.process = process;
    this.tree = new ProcessTree(process.toHandle());
  }

  /// Starts it, and waits until it takes connections. What it says goes to `log` in its scratch
  /// folder.
  public static RunningServer start(ServerProgram program, Site site) throws IOException {
    Files.createDirectories(site.scratch());
    File log = site.scratch().resolve("log").toFile();
    Process process =
        new ProcessBuilder(site.placement().sender(program.command(site)))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    RunningServer server = new RunningServer(program, site, process);
    try {
      server.awaitConnections(log.toPath());
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private void awaitConnections(Path log) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!takesConnections()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(program.label() + " does not listen: " + Files.readString(log));
      }
      pause();
    }
  }

  /// Waits until the processes of sessions that are over have ended too: from then on what they
  /// have used is accounted to the server.
  public void awaitSessionsEnd() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (tree.size() > 1) {
      if (System.nanoTime() > end) {
        throw new IOException(program.label() + " keeps processes of sessions that are over");
      }
      pause();
    }
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + program.label(), e);
    }
  }

  private boolean takesConnections() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// What it is.
  public ServerProgram program() {
    return program;
  }

  /// The port of the loopback interface that it listens on.
  public int port() {
    return site.port();
  }

  /// CPU time that all its processes have used so far.
  public long cpuNanos() {
    return tree.cpuNanos();
  }

  /// Memory that all its processes hold.
  public long residentBytes() {
    return tree.residentBytes();
  }

  /// Memory that all its processes hold, what they share counted once.
  public long proportionalBytes() {
    return tree.proportionalBytes();
  }

  /// Ends it, and waits until it has ended.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
