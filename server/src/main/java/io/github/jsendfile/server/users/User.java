package io.github.jsendfile.server.users;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.path.TreePath;

/// Somebody who may log in.
///
/// @param name unique among the users
/// @param passwordHash a bcrypt hash, as `htpasswd -B` makes it, or `{PLAIN}` and the password
/// @param rights what they may do
/// @param home the directory that they see as `/`, as a path in what is served
public record User(String name, String passwordHash, Rights rights, TreePath home) {
  /// Checks what it is given.
  ///
  /// @throws IllegalArgumentException if a name or a hash is not fit for a file of users
  public User {
    requireNonNull(rights, "rights");
    requireNonNull(home, "home");
    checkName(name);
    if (!Passwords.isHash(passwordHash)) {
      throw new IllegalArgumentException("the password of " + name + " is no bcrypt hash");
    }
  }

  /// Checks a name.
  ///
  /// @param name of a user
  /// @return the name
  /// @throws IllegalArgumentException if it is not fit for a file of users
  public static String checkName(String name) {
    if (name.isEmpty() || name.startsWith("#") || name.indexOf(':') >= 0 || hasControls(name)) {
      throw new IllegalArgumentException(
          "a user's name is not empty, does not begin with # and has no colon in it");
    }
    return name;
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /// Without the hash, which is nothing for logs.
  @Override
  public String toString() {
    return name + " (" + rights + " in " + home + ")";
  }
}
