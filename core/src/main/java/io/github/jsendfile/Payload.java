package io.github.jsendfile;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/// What one transfer sends: a [FileRegion] alone, or buffers and regions in any order. One
/// transfer means one time-out, one rate, one count and one event for all of it.
///
/// A small buffer and the first bytes of the region behind it leave together. Buffers are used as
/// they are: their positions show, after success and after a failure, what was taken of them.
public abstract class Payload {
  Payload() {}

  /// Puts buffers and regions in a row: a head, a file, a tail; or the parts of a multipart
  /// answer.
  ///
  /// @param parts each a [ByteBuffer] or a [FileRegion]; Java has no type for either of the two
  /// @return the payload; good for one transfer, since that moves the positions of its buffers
  /// @throws NullPointerException if a part is null
  /// @throws IllegalArgumentException if a part is something else
  public static Payload of(Object... parts) {
    for (int i = 0; i < parts.length; i++) {
      Object part = Objects.requireNonNull(parts[i], "parts[" + i + "]");
      if (!(part instanceof ByteBuffer || part instanceof FileRegion)) {
        throw new IllegalArgumentException(
            "parts["
                + i
                + "] is a "
                + part.getClass().getName()
                + "; a part is a ByteBuffer or a FileRegion");
      }
    }
    return new Sequence(List.of(parts));
  }

  /// The parts, in order.
  abstract List<Object> parts();

  private static final class Sequence extends Payload {
    private final List<Object> parts;

    Sequence(List<Object> parts) {
      this.parts = parts;
    }

    @Override
    List<Object> parts() {
      return parts;
    }
  }
}
