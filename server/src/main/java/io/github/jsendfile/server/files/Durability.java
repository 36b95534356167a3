package io.github.jsendfile.server.files;

/// What a new file survives.
public enum Durability {
  /// Its process's end; a power failure may take what the system has not written yet.
  WRITTEN,
  /// A power failure too: its content is on the disk before it has its name.
  SYNCED
}
