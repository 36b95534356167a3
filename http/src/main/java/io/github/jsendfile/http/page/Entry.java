package io.github.jsendfile.http.page;

import java.time.Instant;

/// One line of a listing.
///
/// @param name as the file system tells it; U+FFFD where it could not be decoded
/// @param folder whether it is a directory, or a link to one
/// @param size bytes; 0 for a folder
/// @param modified when it was last changed
/// @param reachable whether its name leads back to it: not if it could not be decoded, nor if it
///     is no file and no folder
public record Entry(String name, boolean folder, long size, Instant modified, boolean reachable) {
  /// Its address, relative to the folder.
  String href() {
    return Escape.url(name) + (folder ? "/" : "");
  }
}
