package io.github.jsendfile.server.files;

import io.github.jsendfile.server.folder.ChangedException;
import io.github.jsendfile.server.folder.Folder;
import io.github.jsendfile.server.folder.Names;
import io.github.jsendfile.server.folder.Place;
import io.github.jsendfile.server.folder.TemporaryName;
import io.github.jsendfile.server.folder.Walk;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What changes a [FileTree]. Every change is made relative to a directory that a walk has led to
/// and that is held open, under a name that is no link; where the JDK has no such call, by one
/// that has.
final class Changes {
  private static final Set<OpenOption> WRITE = Set.of(StandardOpenOption.WRITE);
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final FileTree tree;

  Changes(FileTree tree) {
    this.tree = tree;
  }

  /// A new entry of a directory: the directory, held by the caller alone, and the entry's name.
  record Entry(Folder folder, Path name) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      folder.close();
    }
  }

  Entry entry(TreePath path) throws IOException {
    if (path.isRoot()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (!tree.isVisible(path.name()) || Names.isTooLong(path.name())) {
      throw new NoSuchFileException(path.toString());
    }
    Path name = Names.toPath(tree.root().getFileSystem(), path.name());
    return new Entry(tree.directory(path.parent()), name);
  }

  NewFile create(TreePath path) throws IOException {
    Entry entry = entry(path);
    try {
      return NewFile.in(entry.folder(), entry.name(), path);
    } catch (IOException | RuntimeException e) {
      entry.close();
      throw e;
    }
  }

  NewFile createFirst(TreePath path) throws IOException {
    try (Entry entry = entry(path)) {
      entry.folder().refuseExisting(entry.name());
    }
    return create(path);
  }

  OpenFile openForWriting(TreePath path) throws IOException {
    try {
      return RegularFiles.open(tree, path, WRITE, List.of());
    } catch (NoSuchFileException e) {
      return createInPlace(path);
    }
  }

  private OpenFile createInPlace(TreePath path) throws IOException {
    try (Entry entry = entry(path)) {
      FileChannel channel = entry.folder().open(entry.name(), CREATE);
      try {
        return new OpenFile(path, channel, entry.folder().facts(entry.name()), Map.of());
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw new ChangedException(); // or a link that is not followed, which stays so
    }
  }

  /// The JDK makes directories by path only. So it is made under a temporary name in the root,
  /// whose path no client has a hand in, and moved to its place from there. On another file
  /// system than the root's, which a move does not reach, it is made by the path that the walk
  /// found.
  void createDirectory(TreePath path) throws IOException {
    try (Entry entry = entry(path)) {
      entry.folder().refuseExisting(entry.name());
      Path temporary = tree.root().resolve(TemporaryName.random(path.name()));
      Files.createDirectory(temporary);
      try (Folder root = tree.directory(TreePath.ROOT)) {
        root.move(Names.last(temporary), entry.folder(), entry.name());
      } catch (java.nio.file.AtomicMoveNotSupportedException e) {
        Files.delete(temporary);
        Files.createDirectory(entry.folder().path().resolve(entry.name()));
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(temporary);
        throw e;
      }
    }
  }

  void delete(TreePath path) throws IOException {
    try (Place place = tree.find(path, Walk.LastLink.TAKEN)) {
      refuseRoot(place, path);
      if (place.facts().isDirectory()) {
        place.folder().deleteDirectory(place.name());
      } else {
        place.folder().deleteFile(place.name());
      }
    }
  }

  void move(TreePath from, TreePath to, Existing existing) throws IOException {
    try (Place place = tree.find(from, Walk.LastLink.TAKEN)) {
      refuseRoot(place, from);
      try (Entry target = entry(to)) {
        if (existing == Existing.REPLACE) {
          place.folder().move(place.name(), target.folder(), target.name());
        } else {
          moveToFreeName(place, target);
        }
      }
    }
  }

  /// A directory never replaces what is not an empty directory.
  private static void moveToFreeName(Place place, Entry target) throws IOException {
    if (place.facts().isDirectory()) {
      target.folder().refuseExisting(target.name());
      place.folder().move(place.name(), target.folder(), target.name());
    } else {
      place.folder().moveToFreeName(place.name(), target.folder(), target.name());
    }
  }

  void setLastModified(TreePath path, FileTime time) throws IOException {
    try (Place place = tree.find(path, Walk.LastLink.FOLLOWED)) {
      RegularFiles.refuseOther(place.facts(), path); // the JDK opens it for that
      place.folder().setLastModified(place.name(), time);
    }
  }

  void setPermissions(TreePath path, Set<PosixFilePermission> permissions) throws IOException {
    try (Place place = tree.find(path, Walk.LastLink.FOLLOWED)) {
      RegularFiles.refuseOther(place.facts(), path);
      place.folder().setPermissions(place.name(), permissions);
    }
  }

  private static void refuseRoot(Place place, TreePath path) throws AccessDeniedException {
    if (place.isSelf()) {
      throw new AccessDeniedException(path.toString(), null, "is the root");
    }
  }
}
