package io.github.jsendfile.server.folder;

import io.github.jsendfile.server.path.FileFacts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A directory and what can be done with its entries. No operation follows a symbolic link, and
/// every name is a single one, made by [Names] or by [#names()].
///
/// Operations may run concurrently, but for the iteration of [#names()], of which there is one.
public sealed interface Folder extends Closeable permits HeldFolder, NamedFolder {
  /// Where it was when it was opened. Someone may have moved it since, so whatever can be done
  /// without this is done without.
  Path path();

  /// What an entry is.
  FileFacts facts(Path name) throws IOException;

  /// What an entry is, for who expects none. Only a question by path, links followed, has the JDK
  /// say that nothing is there without making an exception. If the path leads elsewhere by now,
  /// the answer is as if it had been asked a moment earlier or later.
  ///
  /// @return null if there is none, or a link to nothing
  default @Nullable FileFacts factsIfThere(Path name) throws IOException {
    if (!Files.exists(path().resolve(name))) {
      return null;
    }
    try {
      return facts(name);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Opens an entry known to be the directory these facts are about.
  ///
  /// @throws ChangedException if it is another now
  Folder enter(Path name, FileFacts facts) throws IOException;

  /// Opens this directory once more, to be iterated and closed on its own.
  Folder again() throws IOException;

  /// Opens an entry known to be a regular file, or to be created.
  FileChannel open(Path name, Set<OpenOption> how) throws IOException;

  /// Whether opening changes the directory.
  static boolean mayCreate(Set<OpenOption> how) {
    return how.contains(StandardOpenOption.CREATE_NEW) || how.contains(StandardOpenOption.CREATE);
  }

  /// The entries' names, in the file system's order, without `.` and `..`.
  ///
  /// @throws DirectoryIteratorException from the iterator when reading fails
  Iterator<Path> names() throws IOException;

  void deleteFile(Path name) throws IOException;

  void deleteDirectory(Path name) throws IOException;

  /// Renames an entry, in one step; replaces what has the name.
  void move(Path name, Folder target, Path targetName) throws IOException;

  /// Gives an entry that is no directory another name, which nothing may have: as a second name
  /// first, so that of all who want it one gets it and nobody sees it unfinished.
  ///
  /// @throws FileAlreadyExistsException if something has it
  default void moveToFreeName(Path name, Folder target, Path targetName) throws IOException {
    target.refuseExisting(targetName);
    try {
      // the JDK makes links by path only; if the path leads elsewhere by now, no such file is there
      Files.createLink(target.path().resolve(targetName), path().resolve(name));
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      reserveAndMove(name, target, targetName); // no hard links here, or not to this file
      return;
    }
    deleteFile(name);
  }

  /// Takes the name with an empty file, which the move then replaces.
  private void reserveAndMove(Path name, Folder target, Path targetName) throws IOException {
    target
        .open(targetName, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
        .close();
    try {
      move(name, target, targetName);
    } catch (IOException e) {
      target.deleteFile(targetName);
      throw e;
    }
  }

  /// Fails if there is such an entry.
  ///
  /// @throws FileAlreadyExistsException if so
  default void refuseExisting(Path name) throws IOException {
    try {
      facts(name);
    } catch (NoSuchFileException e) {
      return;
    }
    throw new FileAlreadyExistsException(name.toString());
  }

  void setLastModified(Path name, FileTime time) throws IOException;

  void setPermissions(Path name, Set<PosixFilePermission> permissions) throws IOException;
}
