package io.github.jsendfile.ftp;

/// Who keeps a rate together.
public enum Share {
  /// Each transfer has the rate for itself.
  TRANSFER,
  /// All transfers of one user share it, from wherever they come.
  USER,
  /// All transfers of the server share it.
  SERVER
}
