package io.github.jsendfile.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the kernel holds for TCP sockets of the whole machine, as Linux tells it.
///
/// @param inUse sockets that a process has open
/// @param orphans connections that no process has open any more and that still hold their buffers
/// @param memoryPages what all buffers together hold, in pages
public record SocketStats(long inUse, long orphans, long memoryPages) {
  private static final Path FILE = Path.of("/proc/net/sockstat");

  /// Whether this machine tells.
  ///
  /// @return false where there is no `/proc`
  public static boolean areKnown() {
    return Files.isReadable(FILE);
  }

  /// How things stand now.
  ///
  /// @return the figures
  public static SocketStats now() {
    try {
      return parse(Files.readAllLines(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SocketStats parse(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith("TCP: ")) {
        List<String> words = List.of(line.split(" "));
        return new SocketStats(after(words, "inuse"), after(words, "orphan"), after(words, "mem"));
      }
    }
    throw new IllegalStateException("no line for TCP in " + FILE + ": " + lines);
  }

  private static long after(List<String> words, String name) {
    return Long.parseLong(words.get(words.indexOf(name) + 1));
  }
}
