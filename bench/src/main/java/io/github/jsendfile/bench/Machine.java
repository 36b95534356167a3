package io.github.jsendfile.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the figures were measured on.
public final class Machine {
  private static final int LOOK_MILLIS = 1000;
  private static final int IDLE = 3; // of the fields of proc_stat(5)
  private static final int IOWAIT = 4;
  private static final int STEAL = 7;

  private Machine() {}

  /// CPU, kernel, memory, file system and JDK in one sentence.
  static String describe(Path scratch) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %d GiB, %s %s, %s, %s %s",
        field("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        field("/proc/meminfo", "MemTotal").map(Machine::gib).orElse(0L),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Files.getFileStore(scratch).type(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"));
  }

  /// How many cores are busy, looked at for a second: before a measurement it should be none.
  static double busyCores() throws InterruptedException {
    long[] before = ticks();
    Thread.sleep(LOOK_MILLIS);
    long[] after = ticks();
    double all = after[0] - before[0];
    double idle = after[1] - before[1];
    return all > 0 ? (1 - idle / all) * Runtime.getRuntime().availableProcessors() : 0;
  }

  /// Of all cores, all ticks and the idle ones, those of waiting for a disk included.
  private static long[] ticks() {
    String line = line("/proc/stat").orElse("cpu 0 0 0 0 0");
    long[] fields =
        Arrays.stream(line.replaceFirst("cpu +", "").split(" ", -1))
            .mapToLong(Long::parseLong)
            .toArray();
    return new long[] {Arrays.stream(fields).limit(STEAL + 1).sum(), fields[IDLE] + fields[IOWAIT]};
  }

  /// The load averages, as the kernel writes them.
  public static String load() {
    return line("/proc/loadavg").orElse("unknown");
  }

  /// The first line of a file of the kernel's.
  static Optional<String> line(String file) {
    try {
      return Files.readAllLines(Path.of(file)).stream().findFirst().map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The value of a line `name: value` in a file of the kernel's.
  public static Optional<String> field(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// How many TCP segments this machine has sent, answers and acknowledgements included.
  public static long tcpSegmentsSent() {
    try {
      List<String[]> tcp =
          Files.readAllLines(Path.of("/proc/net/snmp")).stream()
              .filter(line -> line.startsWith("Tcp:"))
              .map(line -> line.split(" ", -1))
              .toList();
      int column = List.of(tcp.getFirst()).indexOf("OutSegs");
      return Long.parseLong(tcp.getLast()[column]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long gib(String kib) {
    return Math.round(Double.parseDouble(kib.replace(" kB", "")) / (1 << 20));
  }
}
