package io.github.jsendfile.server.files;

import io.github.jsendfile.server.folder.Folder;
import io.github.jsendfile.server.folder.TemporaryName;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;

/// Walks through everything below a root once, without following a link.
final class Surveyor {
  private final Instant unfinishedBefore;
  private long bytes;
  private long deleted;

  private Surveyor(Instant unfinishedBefore) {
    this.unfinishedBefore = unfinishedBefore;
  }

  static Survey survey(FileTree tree, Instant unfinishedBefore) throws IOException {
    Surveyor surveyor = new Surveyor(unfinishedBefore);
    try (Folder root = tree.directory(TreePath.ROOT)) {
      surveyor.walk(root);
    }
    return new Survey(surveyor.bytes, surveyor.deleted);
  }

  private void walk(Folder folder) throws IOException {
    try {
      for (Iterator<Path> names = folder.names(); names.hasNext(); ) {
        look(folder, names.next());
      }
    } catch (DirectoryIteratorException e) {
      // what could be read of it counts
    }
  }

  private void look(Folder folder, Path name) {
    try {
      FileFacts facts = folder.facts(name);
      if (facts.isDirectory()) {
        try (Folder child = folder.enter(name, facts)) {
          walk(child);
        }
      }
      if (isAbandoned(name, facts)) {
        delete(folder, name, facts);
        deleted++;
      } else if (facts.isRegular()) {
        bytes += facts.size();
      }
    } catch (IOException e) {
      // somebody else's, or gone meanwhile
    }
  }

  private boolean isAbandoned(Path name, FileFacts facts) {
    return TemporaryName.is(name.toString()) && facts.lastModified().isBefore(unfinishedBefore);
  }

  private static void delete(Folder folder, Path name, FileFacts facts) throws IOException {
    if (facts.isDirectory()) {
      folder.deleteDirectory(name);
    } else {
      folder.deleteFile(name);
    }
  }
}
