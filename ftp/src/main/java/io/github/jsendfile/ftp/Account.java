package io.github.jsendfile.ftp;

import io.github.jsendfile.server.FileTree;

/// Who has logged in, and what is theirs.
///
/// @param name for logs and limits
/// @param files what they see; closed by whoever opened it
/// @param rights letters
public record Account(String name, FileTree files, String rights) {
  /// Whether it may do something.
  ///
  /// @param right what
  /// @return true if so
  public boolean allows(Right right) {
    return rights.indexOf(right.letter()) >= 0;
  }
}
