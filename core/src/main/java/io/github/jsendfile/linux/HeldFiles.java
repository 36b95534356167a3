package io.github.jsendfile.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Channels that many answers are sent from. Each has a duplicate of its descriptor from the first
/// of them on, where a channel of anybody else has one made for each call.
public final class HeldFiles {
  private static final int NONE = -1;

  private static final Map<FileChannel, Held> HELD = new ConcurrentHashMap<>();

  private static final class Held {
    private volatile Descriptors.@Nullable Duplicate duplicate;

    int numberFor(FileChannel channel) {
      Descriptors.Duplicate known = duplicate;
      return known != null ? known.number() : duplicate(channel);
    }

    private synchronized int duplicate(FileChannel channel) {
      Descriptors descriptors = NativeAccess.descriptors();
      try {
        if (duplicate == null && descriptors != null) {
          duplicate = descriptors.of(channel);
        }
      } catch (IOException ignored) { // closed, or no descriptor is left: who sends finds out
      }
      Descriptors.Duplicate own = duplicate;
      return own == null ? NONE : own.number();
    }

    void close() {
      Descriptors.Duplicate own = duplicate;
      if (own != null) {
        own.close();
      }
    }
  }

  private HeldFiles() {}

  /// Takes in a channel, until [#letGo].
  public static void hold(FileChannel channel) {
    HELD.put(channel, new Held());
  }

  /// Closes the duplicate of a channel, when nobody sends from it any more.
  public static void letGo(FileChannel channel) {
    Held held = HELD.remove(channel);
    if (held != null) {
      held.close();
    }
  }

  /// A descriptor of a channel that is held, good until [#letGo].
  ///
  /// @return negative if it is not held, or if there is none
  public static int numberOf(FileChannel channel) {
    Held held = HELD.get(channel);
    return held == null ? NONE : held.numberFor(channel);
  }
}
