package io.github.jsendfile.server.files;

import io.github.jsendfile.server.folder.Folder;
import io.github.jsendfile.server.folder.Place;
import io.github.jsendfile.server.folder.TemporaryName;
import io.github.jsendfile.server.folder.Walk;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;

/// The removal of an entry with everything in it, each directory held open, no link followed. It
/// first looks for what the client must not delete, so that it takes all or nothing.
final class Removal {
  private final FileTree tree;

  Removal(FileTree tree) {
    this.tree = tree;
  }

  void remove(TreePath path) throws IOException {
    try (Place place = tree.find(path, Walk.LastLink.TAKEN)) {
      if (place.isSelf()) {
        throw new AccessDeniedException(path.toString(), null, "is the root");
      }
      if (place.facts().isDirectory()) {
        refuseHidden(place.folder(), place.name(), place.facts());
      }
      remove(place.folder(), place.name(), place.facts());
    }
  }

  private void refuseHidden(Folder parent, Path name, FileFacts facts) throws IOException {
    try (Folder folder = parent.enter(name, facts)) {
      for (Iterator<Path> names = folder.names(); hasNext(names); ) {
        Path child = names.next();
        String text = child.toString();
        if (!tree.isVisible(text) && !TemporaryName.is(text)) {
          throw new DirectoryNotEmptyException(text);
        }
        FileFacts ofChild = folder.facts(child);
        if (ofChild.isDirectory()) {
          refuseHidden(folder, child, ofChild);
        }
      }
    }
  }

  private void remove(Folder parent, Path name, FileFacts facts) throws IOException {
    if (!facts.isDirectory()) {
      parent.deleteFile(name);
      return;
    }
    boolean some = true;
    while (some) { // an iteration may miss names while others go, and more may come
      some = empty(parent, name, facts);
    }
    parent.deleteDirectory(name);
  }

  /// @return whether there was anything in it
  private boolean empty(Folder parent, Path name, FileFacts facts) throws IOException {
    boolean some = false;
    try (Folder folder = parent.enter(name, facts)) {
      for (Iterator<Path> names = folder.names(); hasNext(names); ) {
        Path child = names.next();
        try {
          remove(folder, child, folder.facts(child));
          some = true;
        } catch (NoSuchFileException e) {
          // an upload under way has got its name meanwhile, or another deletes too
        }
      }
    }
    return some;
  }

  private static boolean hasNext(Iterator<Path> names) throws IOException {
    try {
      return names.hasNext();
    } catch (DirectoryIteratorException e) {
      throw Objects.requireNonNull(e.getCause(), "cause");
    }
  }
}
