package io.github.jsendfile.bench.server;

import io.github.jsendfile.bench.CpuClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A process and all that it has started, as the kernel accounts them.
final class ProcessTree {
  /// In the fields of `/proc/PID/stat` behind the name, which ends with a parenthesis.
  private static final int REAPED_USER_TICKS = 13;

  private static final long NANOS_A_TICK = 10_000_000; // USER_HZ is 100 on every Linux
  private static final long KIB = 1024;

  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /// CPU time used so far, by processes that have ended too.
  long cpuNanos() {
    return pids().map(pid -> CpuClock.nanosOf(pid) + reapedNanos(pid)).sum();
  }

  /// Memory it alone or with others holds: the sum of `VmRSS`.
  long residentBytes() {
    return pids().map(pid -> field(pid, "status", "VmRSS:")).sum() * KIB;
  }

  /// Memory as it would be given back if it all ended: what several of them share counts once, by
  /// the sum of `Pss`.
  long proportionalBytes() {
    return pids().map(pid -> field(pid, "smaps_rollup", "Pss:")).sum() * KIB;
  }

  /// How many processes there are, those included that have ended and are not accounted for yet.
  long size() {
    return pids().count();
  }

  private LongStream pids() {
    return Stream.concat(Stream.of(root), root.descendants()).mapToLong(ProcessHandle::pid);
  }

  /// What children that have ended had used: a server that makes a process for each connection.
  private static long reapedNanos(long pid) {
    String stat = lines(pid, "stat").findFirst().orElse("");
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
    if (fields.size() < REAPED_USER_TICKS + 2) {
      return 0; // it has ended meanwhile
    }
    long user = Long.parseLong(fields.get(REAPED_USER_TICKS));
    return (user + Long.parseLong(fields.get(REAPED_USER_TICKS + 1))) * NANOS_A_TICK;
  }

  private static long field(long pid, String file, String name) {
    return lines(pid, file)
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  private static Stream<String> lines(long pid, String file) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), file)).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
