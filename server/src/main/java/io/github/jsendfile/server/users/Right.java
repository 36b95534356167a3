package io.github.jsendfile.server.users;

/// One thing that somebody may do, whatever the protocol.
public enum Right {
  /// Enter directories.
  CHANGE_DIRECTORY('e'),
  /// List them, ask for facts.
  LIST('l'),
  /// Read files.
  RETRIEVE('r'),
  /// Append to files.
  APPEND('a'),
  /// Delete files and directories.
  DELETE('d'),
  /// Rename them.
  RENAME('f'),
  /// Make directories.
  MAKE_DIRECTORY('m'),
  /// Write files.
  STORE('w'),
  /// Change modes.
  CHANGE_MODE('M'),
  /// Set times.
  SET_TIME('T');

  private final char letter;

  Right(char letter) {
    this.letter = letter;
  }

  /// As files of users have it.
  ///
  /// @return pyftpdlib's letter
  public char letter() {
    return letter;
  }
}
