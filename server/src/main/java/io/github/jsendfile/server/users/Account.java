package io.github.jsendfile.server.users;

import io.github.jsendfile.server.files.FileTree;

/// Who has logged in, whatever the protocol, and what is theirs.
///
/// @param name for logs and limits
/// @param files what they see; the same object at each login, closed by whoever opened it
/// @param rights what they may do with it
public record Account(String name, FileTree files, Rights rights) {
  /// The name of whoever has not said who it is.
  public static final String ANONYMOUS = "anonymous";

  /// Whether it may do something.
  ///
  /// @param right what
  /// @return true if so
  public boolean allows(Right right) {
    return rights.allow(right);
  }

  /// Whether anybody may have this account.
  ///
  /// @return true if it is [#ANONYMOUS]
  public boolean isAnonymous() {
    return name.equals(ANONYMOUS);
  }
}
