package io.github.jsendfile.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jsendfile.cli.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// One run of the command in this process, with its streams captured.
public final class Invocation {
  private static final String LISTENING = "listening on ";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exitCode;

  private Invocation(InputStream in, boolean interactive, int columns, String... arguments) {
    Terminal terminal =
        new Terminal(
            in,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            interactive,
            columns);
    exitCode =
        CompletableFuture.supplyAsync(
            () -> Main.run(terminal, arguments), Thread::startVirtualThread);
  }

  public static Invocation start(String... arguments) {
    return new Invocation(InputStream.nullInputStream(), false, 80, arguments);
  }

  public static Invocation startWithInput(InputStream in, String... arguments) {
    return new Invocation(in, false, 80, arguments);
  }

  /// As on a terminal of so many columns.
  public static Invocation startOnTerminal(int columns, String... arguments) {
    return new Invocation(InputStream.nullInputStream(), true, columns, arguments);
  }

  /// Runs the command to its end.
  public static Invocation run(String... arguments) {
    Invocation invocation = start(arguments);
    invocation.exitCode();
    return invocation;
  }

  public int exitCode() {
    return exitCode.orTimeout(20, TimeUnit.SECONDS).join();
  }

  boolean isRunning() {
    return !exitCode.isDone();
  }

  public String out() {
    return out.toString(UTF_8);
  }

  public byte[] outBytes() {
    return out.toByteArray();
  }

  public String err() {
    return err.toString(UTF_8);
  }

  /// Where a `receive` listens.
  public String address() {
    Awaitility.await().until(() -> (out() + err()).contains("\n") || !isRunning());
    String text = out() + err();
    if (!text.contains(LISTENING)) {
      throw new AssertionError("it does not listen: " + text);
    }
    return text.lines()
        .filter(line -> line.startsWith(LISTENING))
        .findFirst()
        .orElseThrow()
        .substring(LISTENING.length());
  }

  public int port() {
    String address = address();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
