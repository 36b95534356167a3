package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// One mechanism. It makes one attempt; the loop over attempts, the waiting and all limits are
/// the caller's.
public interface Attempt {
  /// Why it cannot serve this file and this target, as far as can be told without trying.
  Optional<String> objection(Source source, Target target) throws IOException;

  /// Moves some of `count` bytes that begin at `position`. It may answer [Step.NotSupported] only
  /// while it has moved nothing of a region.
  ///
  /// @throws io.github.jsendfile.endpoint.SourceException if the file failed
  /// @throws IOException if the target failed
  Step move(Source source, long position, long count, Target target) throws IOException;

  /// Whether [#move] may wait for the peer inside the call.
  default boolean waitsInside() {
    return false;
  }

  /// Whether it is for peers that keep up only: once it says that the target is full, the next
  /// mechanism goes on.
  default boolean isForFastPeers() {
    return false;
  }

  /// Has no call to this target wait inside any more, so that the next mechanism can go on.
  ///
  /// @return whether that could be had now
  default boolean stopWaitingInside(Target target) throws IOException {
    return true;
  }

  /// Writes a buffer and then moves what follows it, as [#move] does, in a way that both share a
  /// segment. It never waits. The buffer's position tells what was taken of it: nothing if none
  /// fits, or if this mechanism has no such way.
  default Step moveBehind(ByteBuffer head, Source source, long position, long count, Target target)
      throws IOException {
    return new Step.WouldBlock();
  }
}
