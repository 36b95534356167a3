package io.github.jsendfile.bench.ftp;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Placement;
import java.io.IOException;
import java.util.List;

/// The clients of one run: all servers have the same.
final class Clients implements AutoCloseable {
  private final ChildProcess process;

  Clients(Placement placement) throws IOException {
    List<String> options = List.of("-XX:+UseSerialGC", "-Xmx256m");
    process = new ChildProcess(placement.peer(ChildProcess.java(ClientsProgram.class, options)));
  }

  /// Logs in sessions, which stay.
  void open(int port, int count) throws IOException {
    ask("open " + port + " " + count);
  }

  /// Ends the sessions.
  void end() throws IOException {
    ask("close");
  }

  /// Has a load carried out.
  ///
  /// @param own begins the names of what is stored
  Yield run(Load load, int port, String own) throws IOException {
    String command = load == Load.LOGIN ? "login " + port : "run " + load + " " + own;
    String[] fields = ask(command).split(" ", -1);
    return new Yield(Double.parseDouble(fields[0]), Double.parseDouble(fields[1]));
  }

  private String ask(String command) throws IOException {
    String answer = process.ask(command);
    if (answer.startsWith("failed")) {
      throw new IOException(command + ": " + answer);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    process.close();
  }

  /// @param amount how many bytes, or how often
  /// @param seconds how long it took
  record Yield(double amount, double seconds) {}
}
