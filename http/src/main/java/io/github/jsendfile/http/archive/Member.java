package io.github.jsendfile.http.archive;

import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.nio.charset.StandardCharsets;

/// A file or folder in an archive.
///
/// @param path where it is in the tree
/// @param name what it is called in the archive; a folder's ends with a slash
/// @param facts as they were when the archive's length was reckoned
record Member(TreePath path, String name, FileFacts facts) {
  boolean isFolder() {
    return facts.isDirectory();
  }

  /// How many bytes of content follow its header.
  long size() {
    return isFolder() ? 0 : facts.size();
  }

  byte[] nameBytes() {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
