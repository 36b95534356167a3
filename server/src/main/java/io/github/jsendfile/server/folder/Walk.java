package io.github.jsendfile.server.folder;

import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.SymbolicLinks;
import io.github.jsendfile.server.path.TreePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Goes from the root to an entry, one directory after the other, each opened relative to the one
/// before and none through a link. Where a link stands, the machine is asked where it leads in the
/// end; if that is allowed, the walk begins anew on the way it said. So what a link said is only
/// ever a proposal: a link exchanged in between leads to another proposal, never out of the root.
public final class Walk implements Closeable {
  /// What becomes of a link at the very end.
  public enum LastLink {
    FOLLOWED,
    TAKEN
  }

  private static final int MOST_LINKS = 40; // as in the kernel
  private static final String SELF = ".";

  private final Root root;
  private final SymbolicLinks links;
  private final FileSystem fileSystem;
  private final LastLink lastLink;
  private final Folder rootFolder;
  private Folder folder;
  private boolean isShared = true;
  private int linkCount;

  private Walk(Root root, SymbolicLinks links, LastLink lastLink) throws IOException {
    this.root = root;
    this.links = links;
    this.lastLink = lastLink;
    fileSystem = root.path().getFileSystem();
    rootFolder = root.folder();
    folder = rootFolder;
  }

  /// Goes to a path.
  ///
  /// @throws ChangedException if something was exchanged under way
  public static Place to(TreePath path, Root root, SymbolicLinks links, LastLink lastLink)
      throws IOException {
    Walk walk = new Walk(root, links, lastLink);
    try {
      return walk.along(path.names());
    } catch (IOException | RuntimeException e) {
      walk.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (!isShared) {
      folder.close();
    }
  }

  private Place along(List<String> names) throws IOException {
    List<Path> way = new ArrayList<>(names.size());
    for (String name : names) {
      way.add(Names.toPath(fileSystem, name));
    }
    return alongPaths(way);
  }

  private Place alongPaths(List<Path> names) throws IOException {
    List<Path> way = names;
    if (way.isEmpty()) {
      return self();
    }
    int last = way.size() - 1;
    for (int i = 0; i < last; i++) {
      FileFacts facts = folder.facts(way.get(i));
      if (facts.kind() == FileFacts.Kind.LINK) {
        return alongPaths(detour(way, i));
      }
      enter(way.get(i), facts);
    }
    FileFacts facts = folder.facts(way.get(last));
    return facts.kind() == FileFacts.Kind.LINK && lastLink == LastLink.FOLLOWED
        ? alongPaths(detour(way, last))
        : new Place(folder, isShared, way.get(last), facts, linkCount > 0);
  }

  private Place self() throws IOException {
    Path self = fileSystem.getPath(SELF);
    return new Place(folder, isShared, self, folder.facts(self), linkCount > 0);
  }

  private void enter(Path name, FileFacts facts) throws IOException {
    if (!facts.isDirectory()) {
      throw new NotDirectoryException(name.toString());
    }
    replaceFolder(root.enter(folder, name, facts), false);
  }

  private void replaceFolder(Folder next, boolean nextIsShared) throws IOException {
    close();
    folder = next;
    isShared = nextIsShared;
  }

  /// The way on from the root (or, outside, from wherever the link leads) when the name at
  /// `index` is a link.
  private List<Path> detour(List<Path> way, int index) throws IOException {
    if (links == SymbolicLinks.NEVER || ++linkCount > MOST_LINKS) {
      throw new NoSuchFileException(way.get(index).toString());
    }
    Path target = target(way.get(index));
    List<Path> detour = new ArrayList<>();
    if (target.startsWith(rootFolder.path())) {
      replaceFolder(rootFolder, true);
      rootFolder.path().relativize(target).forEach(detour::add);
      detour.removeIf(name -> name.toString().isEmpty());
    } else {
      goOutside(target).forEach(detour::add);
    }
    detour.addAll(way.subList(index + 1, way.size()));
    return detour;
  }

  private Path target(Path link) throws IOException {
    try {
      return folder.path().resolve(link).toRealPath();
    } catch (FileSystemException e) {
      throw new NoSuchFileException(link.toString()); // it leads nowhere, or in circles
    }
  }

  private Path goOutside(Path target) throws IOException {
    Path parent = target.getParent();
    if (links != SymbolicLinks.EVERYWHERE) {
      throw new NoSuchFileException(target.toString());
    }
    replaceFolder(root.hold(parent == null ? target : parent), false);
    return parent == null ? fileSystem.getPath(SELF) : Names.last(target);
  }
}
