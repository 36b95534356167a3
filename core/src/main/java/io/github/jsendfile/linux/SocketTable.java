package io.github.jsendfile.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Which numbers TCP sockets of this process had when the table was made, by a hash of their
/// names: where to look for one, not what to believe of it.
final class SocketTable {
  /// Before anybody has looked.
  static final SocketTable EMPTY = new SocketTable(new long[0]);

  /// Where it gives up: so many numbers in a row that are not open.
  private static final int MAX_GAP = 1024;

  private static final int FIRST_ROOM = 64;

  /// The hash in the upper half, the number in the lower; in order.
  private final long[] entries;

  private SocketTable(long[] entries) {
    this.entries = entries;
  }

  /// Asks for the names of all, two calls for each, and stops at twice the number at which it
  /// finds the wanted ones: who is looked for next may be its neighbour, and a thousand
  /// neighbours are found in a few looks.
  static SocketTable of(Kernel kernel, SocketNames wanted) {
    long[] entries = new long[FIRST_ROOM];
    int count = 0;
    int last = Integer.MAX_VALUE;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment room = SocketNames.room(arena);
      int gap = 0;
      for (int number = 0; number < last && gap < MAX_GAP; number++) {
        int answer = kernel.remoteAddress(number, room);
        gap = isOpen(answer) ? 0 : gap + 1;
        SocketNames names = answer == 0 ? SocketNames.of(kernel, number, room) : null;
        if (names != null) {
          entries = count < entries.length ? entries : Arrays.copyOf(entries, 2 * count);
          entries[count++] = first(names) | number;
          last = names.equals(wanted) ? 2 * number : last;
        }
      }
    }
    long[] all = Arrays.copyOf(entries, count);
    Arrays.sort(all);
    return new SocketTable(all);
  }

  /// Whether `getpeername(2)` found something at a number. A sandbox that refuses the call does so
  /// for every number there is.
  private static boolean isOpen(int answer) {
    return switch (Errno.of(-answer)) {
      case ENOTSOCK, ENOTCONN -> true;
      default -> answer == 0;
    };
  }

  /// The least entry that names may have.
  private static long first(SocketNames names) {
    return (long) names.hashCode() << Integer.SIZE;
  }

  /// The numbers at which these names may be found: mostly one or none.
  IntStream numbers(SocketNames names) {
    long first = first(names);
    int found = Arrays.binarySearch(entries, first);
    return Arrays.stream(entries, found < 0 ? -found - 1 : found, entries.length)
        .takeWhile(entry -> entry <= (first | Integer.MAX_VALUE))
        .mapToInt(entry -> (int) entry);
  }
}
