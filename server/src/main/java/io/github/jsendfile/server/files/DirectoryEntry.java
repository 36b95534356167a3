package io.github.jsendfile.server.files;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.path.FileFacts;

/// One entry of a directory.
///
/// @param name its name; where the machine cannot decode it, with U+FFFD for what it could not
/// @param facts what it is: of the file a link leads to, where the tree follows links there, else
///     of the link
/// @param nameKind whether the name leads back to the entry
public record DirectoryEntry(String name, FileFacts facts, NameKind nameKind) {
  /// Whether a name leads back to its entry.
  public enum NameKind {
    /// It does.
    DECODED,
    /// Its bytes are no text on this machine: it can be shown, and not asked for.
    UNDECODABLE
  }

  /// Made by [DirectoryListing#next()], and by tests.
  public DirectoryEntry {
    requireNonNull(name, "name");
    requireNonNull(facts, "facts");
    requireNonNull(nameKind, "nameKind");
  }

  /// Whether a client may ask for the entry by its name.
  ///
  /// @return false for a name the machine cannot decode
  public boolean isReachable() {
    return nameKind == NameKind.DECODED;
  }
}
