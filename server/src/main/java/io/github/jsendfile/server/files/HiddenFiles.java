package io.github.jsendfile.server.files;

/// Whether files whose name has a dot in front exist for clients.
public enum HiddenFiles {
  /// They are not listed, and asking for them finds nothing.
  ABSENT,
  /// They are files like any other.
  SHOWN
}
