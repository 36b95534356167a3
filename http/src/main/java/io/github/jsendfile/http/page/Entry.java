package io.github.jsendfile.http.page;

import io.github.jsendfile.server.files.DirectoryEntry;
import io.github.jsendfile.server.path.FileFacts;
import java.time.Instant;

/// One line of a listing.
///
/// @param name as the file system tells it; U+FFFD where it could not be decoded
/// @param folder whether it is a directory, or a link to one
/// @param size bytes; 0 for a folder
/// @param modified when it was last changed
/// @param reachable whether its name leads back to it: not if it could not be decoded, nor if it
///     is no file and no folder, nor with a backslash, which no request may contain
public record Entry(String name, boolean folder, long size, Instant modified, boolean reachable) {
  static Entry of(DirectoryEntry entry) {
    FileFacts facts = entry.facts();
    boolean servable = facts.isRegular() || facts.isDirectory();
    return new Entry(
        entry.name(),
        facts.isDirectory(),
        facts.isRegular() ? facts.size() : 0,
        facts.lastModified(),
        servable && entry.isReachable() && entry.name().indexOf('\\') < 0);
  }

  /// Its address, relative to the folder.
  String href() {
    return Escape.url(name) + (folder ? "/" : "");
  }
}
