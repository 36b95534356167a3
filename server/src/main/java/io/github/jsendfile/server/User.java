package io.github.jsendfile.server;

import static java.util.Objects.requireNonNull;

/// Somebody who may log in.
///
/// @param name unique among the users
/// @param passwordHash a bcrypt hash, as `htpasswd -B` makes it, or `{PLAIN}` and the password
/// @param rights what they may do, a letter each, as pyftpdlib has them: `e` change directory, `l`
///     list, `r` read files, `a` append to files, `d` delete, `f` rename, `m` make directories, `w`
///     write files, `M` change modes, `T` set times
/// @param home the directory that they see as `/`, as a path in what is served
public record User(String name, String passwordHash, String rights, TreePath home) {
  /// Rights of somebody who looks and fetches.
  public static final String READ_ONLY = "elr";

  /// All rights there are.
  public static final String READ_WRITE = "elradfmwMT";

  /// Checks what it is given.
  ///
  /// @throws IllegalArgumentException if a name or a hash is not fit for a file of users, or if a
  ///     right does not exist
  public User {
    requireNonNull(home, "home");
    if (name.isEmpty() || name.startsWith("#") || name.indexOf(':') >= 0 || hasControls(name)) {
      throw new IllegalArgumentException(
          "a user's name is not empty, does not begin with # and has no colon in it");
    }
    if (!Passwords.isHash(passwordHash)) {
      throw new IllegalArgumentException("the password of " + name + " is no bcrypt hash");
    }
    rights
        .chars()
        .filter(letter -> READ_WRITE.indexOf(letter) < 0)
        .findFirst()
        .ifPresent(
            letter -> {
              throw new IllegalArgumentException(
                  "there is no right \"" + (char) letter + "\"; " + READ_WRITE + " are");
            });
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /// Whether they may do something.
  ///
  /// @param right its letter
  /// @return true if so
  public boolean allows(char right) {
    return rights.indexOf(right) >= 0;
  }

  /// Without the hash, which is nothing for logs.
  @Override
  public String toString() {
    return name + " (" + rights + " in " + home + ")";
  }
}
