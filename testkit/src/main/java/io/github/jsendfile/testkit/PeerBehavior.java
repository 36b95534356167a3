package io.github.jsendfile.testkit;

import java.time.Duration;
import java.util.List;

/// How a [Peer] treats what is sent to it.
public sealed interface PeerBehavior {
  /// Reads as fast as it can, to the end.
  record Fast() implements PeerBehavior {}

  /// Moves steadily but slowly, to the end.
  ///
  /// @param bytesPerRead how much it reads at once
  /// @param pause how long it waits before each read
  record Slow(int bytesPerRead, Duration pause) implements PeerBehavior {}

  /// Reads one byte with each call, 100,000 times, then all the rest.
  record OneByteAtATime() implements PeerBehavior {}

  /// Reads so much, then nothing until [Peer#release()]; then all the rest.
  ///
  /// @param afterBytes what it reads first; 0 for nothing
  record Stalled(long afterBytes) implements PeerBehavior {}

  /// Reads so much, then resets the connection: closes with SO_LINGER 0. Where there is no reset,
  /// on UNIX-domain sockets and pipes, it closes.
  ///
  /// @param afterBytes what it reads first
  record ResetsMidway(long afterBytes) implements PeerBehavior {}

  /// Shuts down its own output at once, and reads to the end. On a pipe it only reads.
  record HalfClosed() implements PeerBehavior {}

  /// Reads so much, then closes in the ordinary way, with data unread.
  ///
  /// @param afterBytes what it reads first
  record ClosesEarly(long afterBytes) implements PeerBehavior {}

  /// One of each kind, with figures that suit a file of about 1 MiB: those that stop do so after
  /// 100,000 bytes, and the slow one needs less than half a second.
  ///
  /// @return the behaviors, in the order in which they are declared
  static List<PeerBehavior> all() {
    return List.of(
        new Fast(),
        new Slow(8 * 1024, Duration.ofMillis(1)),
        new OneByteAtATime(),
        new Stalled(100_000),
        new ResetsMidway(100_000),
        new HalfClosed(),
        new ClosesEarly(100_000));
  }

  /// Whether a peer of this kind takes all there is without being released.
  ///
  /// @return false for those that stall, reset or close
  default boolean takesEverything() {
    return switch (this) {
      case Fast _, Slow _, OneByteAtATime _, HalfClosed _ -> true;
      case Stalled _, ResetsMidway _, ClosesEarly _ -> false;
    };
  }
}
