package io.github.jsendfile.http.upload;

import io.github.jsendfile.server.files.Existing;
import java.util.Set;

/// What uploads may do.
///
/// @param existing what becomes of a file that an upload has the name of
/// @param mostBytes of one file
/// @param hostNames the names this server is known by, besides its addresses and `localhost`
public record UploadRules(Existing existing, long mostBytes, Set<String> hostNames) {
  /// Copies the set.
  public UploadRules {
    hostNames = Set.copyOf(hostNames);
  }
}
