package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.server.DebianPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The client: gets one file again and again.
public interface Load {
  /// The client for all but the largest files.
  DebianPackage WRK = new DebianPackage("wrk", "usr/bin/wrk");

  /// What a client got.
  ///
  /// @param responses whole ones; of very large files a part of one counts as that part
  /// @param seconds how long it took
  record Yield(double responses, double seconds) {}

  /// Runs for a while.
  Yield run(int port, int seconds) throws IOException;

  /// By wrk, which checks and parses each response.
  ///
  /// @param more of its options
  static Load wrk(Placement placement, String path, int connections, String... more) {
    return (port, seconds) -> {
      String said = wrk(placement, port, path, connections, seconds, List.of(more));
      if (said.contains("Socket errors")) {
        throw new IOException(said);
      }
      return responses(said, seconds);
    };
  }

  /// By wrk, with a connection for each request. What it takes for an error is the end of a
  /// connection that the server did not announce.
  static Load wrkConnecting(Placement placement, String path, int connections) {
    List<String> close = List.of("-H", "Connection: close");
    return (port, seconds) ->
        responses(wrk(placement, port, path, connections, seconds, close), seconds);
  }

  private static String wrk(
      Placement placement, int port, String path, int connections, int seconds, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>(WRK.command("-t1", "-c" + connections));
    command.addAll(more);
    command.addAll(List.of("-d" + seconds + "s", "http://127.0.0.1:" + port + path));
    return output(placement.peer(command));
  }

  private static Yield responses(String said, int seconds) throws IOException {
    if (said.contains("Non-2xx")) {
      throw new IOException(said);
    }
    double responses = Double.parseDouble(find("(\\d+) requests in ", said).group(1));
    if (responses == 0) {
      return new Yield(0, seconds);
    }
    MatchResult rate = find("Requests/sec: +([0-9.]+)", said);
    return new Yield(responses, responses / Double.parseDouble(rate.group(1)));
  }

  /// By a small program that reads 256 KiB at a time: for large files wrk's own work, a read for
  /// every 8 KiB, would be most of what is measured.
  static Load fetch(Placement placement, Path program, String path, int connections, long bytes) {
    return (port, seconds) -> {
      List<String> command = new ArrayList<>(List.of(program.toString(), Integer.toString(port)));
      command.addAll(List.of(path, Integer.toString(connections), seconds + "000"));
      String said = output(placement.peer(command));
      MatchResult figures = find("(\\d+) (\\d+)", said);
      double responses = Double.parseDouble(figures.group(1)) / bytes;
      return new Yield(responses, Double.parseDouble(figures.group(2)) / 1e9);
    };
  }

  private static MatchResult find(String pattern, String text) throws IOException {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .findFirst()
        .orElseThrow(() -> new IOException("no figures: " + text));
  }

  private static String output(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return said;
  }
}
