package io.github.jsendfile.server.path;

/// Which symbolic links a `FileTree` follows. One it does not follow is as good as absent.
public enum SymbolicLinks {
  /// None.
  NEVER,
  /// Those that lead to something inside the root, by whatever way.
  INSIDE,
  /// All. Whoever can make a link below the root can then have any file of the machine served.
  EVERYWHERE
}
