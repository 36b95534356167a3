package io.github.jsendfile.server.users;

/// All that somebody may do.
///
/// @param letters those of each [Right], in any order
public record Rights(String letters) {
  /// Looking and fetching: `elr`.
  public static final Rights READ_ONLY = new Rights("elr");

  /// Everything there is.
  public static final Rights READ_WRITE = new Rights("elradfmwMT");

  /// Checks the letters.
  ///
  /// @throws IllegalArgumentException if one is that of no right
  public Rights {
    letters
        .chars()
        .filter(letter -> !exists(letter))
        .findFirst()
        .ifPresent(
            letter -> {
              throw new IllegalArgumentException(
                  "there is no right \"" + (char) letter + "\"; elradfmwMT are");
            });
  }

  private static boolean exists(int letter) {
    for (Right right : Right.values()) {
      if (right.letter() == letter) {
        return true;
      }
    }
    return false;
  }

  /// Whether they include one.
  ///
  /// @param right what is to be done
  /// @return true if so
  public boolean allow(Right right) {
    return letters.indexOf(right.letter()) >= 0;
  }

  /// The letters.
  @Override
  public String toString() {
    return letters;
  }
}
