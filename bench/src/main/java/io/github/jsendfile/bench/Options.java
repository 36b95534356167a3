package io.github.jsendfile.bench;

import io.github.jsendfile.bench.peer.Peer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What the command line asks for.
///
/// @param parts which benchmarks
/// @param quick whether to make do with a few short samples
/// @param pairs how many samples of each contender
/// @param gib how many GiB a sample is
/// @param readBytes how much the peer of the large files reads at a time
/// @param only which contenders of large files, HTTP and FTP, by their row's name; all if empty
/// @param sizes which sizes of files over HTTP, loads of FTP, or topics of scaling; all if empty
/// @param crowd how many stalled peers, one run each
/// @param out where the report goes
/// @param command what was typed, to be typed again
public record Options(
    Set<Part> parts,
    boolean quick,
    int pairs,
    int gib,
    int readBytes,
    List<String> only,
    List<String> sizes,
    List<Integer> crowd,
    Path out,
    String command) {
  /// The benchmarks.
  public enum Part {
    /// CPU per gigabyte of whole processes.
    CORE,
    /// The same for receiving.
    RECEIVE,
    /// JMH.
    SMALL,
    /// Stalled peers.
    CROWD,
    /// Servers over HTTP.
    HTTP,
    /// Clients of the HTTP server that do nothing.
    HTTP_CROWD,
    /// Start and memory of HTTP servers.
    FOOTPRINT,
    /// How the HTTP server's cost grows.
    SCALING,
    /// Servers over FTP.
    FTP,
    /// Plain `transferTo` with two stalled clients: shown, not reported.
    TRAP;

    static Set<Part> reported() {
      return EnumSet.complementOf(EnumSet.of(TRAP));
    }

    Page page() {
      return switch (this) {
        case HTTP, HTTP_CROWD -> Page.HTTP;
        case FOOTPRINT -> Page.FOOTPRINT;
        case SCALING -> Page.SCALING;
        case FTP -> Page.FTP;
        case RECEIVE -> Page.RECEIVE;
        default -> Page.CORE;
      };
    }
  }

  static final String USAGE =
      """
      usage: ./bench/run [PART…] [options]
        core       CPU per GB for a large file, side by side, interleaved
        receive    CPU per GB received into a file, likewise
        small      JMH: small files with a head, the price of a call, the price of a wait
        crowd      thousands of stalled peers: CPU, memory, and what a new client notices
        http       whole servers: requests a second, CPU per request, by the size of the file
        http-crowd thousands of idle and of stalled clients: CPU, memory, and what a new one notices
        footprint  HTTP servers: from the start to the first byte, memory, memory of a connection
        scaling    HTTP servers: one core and two, 1 to 10,000 connections, 1 to 1,000,000 files, long listings
        ftp        whole servers: RETR and STOR, CPU per GB, many at once, logins, memory
        trap       shows on this machine what plain transferTo does with two stalled clients
        all        all but the trap (if nothing is named)
        --quick    a few short samples; the report goes to bench/target/report instead of docs
        --pairs N  samples of each contender (15; quick: 5)
        --gib N    GiB a sample (8; quick: 2)
        --read N   bytes that the peer of the large file reads at a time (65536; 1 MiB is always shown too)
        --only L   of the contenders of large files, http, http-crowd, footprint, scaling and ftp only these, for example C,C_POLLING,OURS_NATIVE;
                   of the small only the price of these calls: NATIVE_WITH_HEAD,CHANNEL_WITH_HEAD
        --sizes L  of the sizes of http only these, for example 1KiB,10MiB; of such calls 4096,65536;
                   of the loads of ftp RETR,STOR,MEMORY; of scaling CORES,CONNECTIONS,FILES,LISTING
        --crowd L  numbers of stalled peers of crowd and http-crowd (2,100,10000; quick: 2,100,1000)
        --out DIR  where the report and the chart are written (docs/benchmarks)
      """;

  static Options parse(String... arguments) {
    boolean quick = Arrays.asList(arguments).contains("--quick");
    Set<Part> parts = EnumSet.noneOf(Part.class);
    int pairs = quick ? 5 : 15;
    int gib = quick ? 2 : 8;
    int readBytes = Peer.READ_BYTES;
    List<String> only = List.of();
    List<String> sizes = List.of();
    List<Integer> crowd = quick ? List.of(2, 100, 1000) : List.of(2, 100, 10_000);
    Path out = Path.of(quick ? "bench/target/report" : "docs/benchmarks");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "core" -> parts.add(Part.CORE);
        case "receive" -> parts.add(Part.RECEIVE);
        case "small" -> parts.add(Part.SMALL);
        case "crowd" -> parts.add(Part.CROWD);
        case "http" -> parts.add(Part.HTTP);
        case "trap" -> parts.add(Part.TRAP);
        case "all" -> parts.addAll(Part.reported());
        case "http-crowd" -> parts.add(Part.HTTP_CROWD);
        case "footprint" -> parts.add(Part.FOOTPRINT);
        case "scaling" -> parts.add(Part.SCALING);
        case "ftp" -> parts.add(Part.FTP);
        case "--quick" -> {}
        case "--pairs" -> pairs = number(arguments, ++i);
        case "--gib" -> gib = number(arguments, ++i);
        case "--read" -> readBytes = number(arguments, ++i);
        case "--only" -> only = List.of(value(arguments, ++i).split(",", -1));
        case "--sizes" -> sizes = List.of(value(arguments, ++i).split(",", -1));
        case "--crowd" -> crowd = numbers(value(arguments, ++i));
        case "--out" -> out = Path.of(value(arguments, ++i));
        default -> throw new IllegalArgumentException("what is \"" + arguments[i] + "\"?");
      }
    }
    if (parts.isEmpty()) {
      parts = Part.reported();
    }
    String command = ("./bench/run " + String.join(" ", arguments)).strip();
    return new Options(parts, quick, pairs, gib, readBytes, only, sizes, crowd, out, command);
  }

  private static String value(String[] arguments, int index) {
    if (index == arguments.length) {
      throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
    }
    return arguments[index];
  }

  private static int number(String[] arguments, int index) {
    return numbers(value(arguments, index)).getFirst();
  }

  private static List<Integer> numbers(String list) {
    List<Integer> numbers;
    try {
      numbers = Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + list + "\" is not a number", e);
    }
    if (numbers.stream().anyMatch(number -> number < 1)) {
      throw new IllegalArgumentException("\"" + list + "\" is less than 1");
    }
    return numbers;
  }
}
