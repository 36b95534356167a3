package io.github.jsendfile.ftp.control;

/// Who may use a verb.
enum Access {
  /// Before and after login: what clients ask first (FT-9).
  ANYONE,
  /// After login only.
  LOGIN
}
