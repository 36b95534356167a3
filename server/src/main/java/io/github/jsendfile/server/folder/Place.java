package io.github.jsendfile.server.folder;

import io.github.jsendfile.server.path.FileFacts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/// Where a walk ended: an entry of a directory, and what it is.
///
/// @param folder the directory
/// @param isShared whether the folder is the tree's own, which stays open
/// @param name the entry, `.` for the root itself
/// @param facts what it is; a link only if the walk was not to follow the last one
/// @param isDetour whether links led there, so that it may be elsewhere than its path says
public record Place(Folder folder, boolean isShared, Path name, FileFacts facts, boolean isDetour)
    implements Closeable {
  /// Whether it is the directory itself, not an entry of it.
  public boolean isSelf() {
    return name.toString().equals(".");
  }

  @Override
  public void close() throws IOException {
    if (!isShared) {
      folder.close();
    }
  }
}
