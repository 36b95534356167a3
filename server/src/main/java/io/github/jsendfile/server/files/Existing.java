package io.github.jsendfile.server.files;

/// What becomes of a file that already has the name another is to get.
public enum Existing {
  /// It stays, and the operation fails with [java.nio.file.FileAlreadyExistsException].
  KEEP,
  /// It is replaced, in one step: whoever looks sees the one or the other, whole.
  REPLACE
}
