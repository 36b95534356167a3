package io.github.jsendfile.server.files;

import io.github.jsendfile.server.folder.Names;
import io.github.jsendfile.server.folder.Place;
import io.github.jsendfile.server.folder.Walk;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks for the files beside one whose names are its name and something more: one walk for all of
/// them, and no failure for each that is not there, which is nearly every one.
final class Beside {
  private final FileTree tree;
  private final TreePath path;

  private Beside(FileTree tree, TreePath path) {
    this.tree = tree;
    this.path = path;
  }

  /// Walks there.
  static Map<String, FileFacts> of(FileTree tree, TreePath path, List<String> suffixes)
      throws IOException {
    try (Place place = tree.find(path, Walk.LastLink.TAKEN)) {
      return new Beside(tree, path).all(place, suffixes);
    }
  }

  /// Looks around in a place where a walk has led.
  static Map<String, FileFacts> of(FileTree tree, Place place, TreePath path, List<String> suffixes)
      throws IOException {
    if (suffixes.isEmpty()) {
      return Map.of();
    }
    return place.isDetour()
        ? of(tree, path, suffixes)
        : new Beside(tree, path).all(place, suffixes);
  }

  private Map<String, FileFacts> all(Place place, List<String> suffixes) throws IOException {
    Map<String, FileFacts> found = new HashMap<>();
    for (String suffix : suffixes) {
      FileFacts facts = facts(place, suffix);
      if (facts != null && facts.isRegular()) {
        found.put(suffix, facts);
      }
    }
    return found;
  }

  private @Nullable FileFacts facts(Place place, String suffix) throws IOException {
    String name = path.name() + suffix;
    if (path.isRoot() || Names.isTooLong(name)) {
      return null;
    }
    Path entry = Names.toPath(tree.root().getFileSystem(), name);
    FileFacts facts = place.folder().factsIfThere(entry);
    boolean isLink = facts != null && facts.kind() == FileFacts.Kind.LINK;
    return isLink ? followed(name) : facts;
  }

  private @Nullable FileFacts followed(String name) throws IOException {
    try {
      return tree.facts(path.parent().child(name));
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
