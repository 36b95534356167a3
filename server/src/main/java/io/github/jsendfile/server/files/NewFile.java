package io.github.jsendfile.server.files;

import io.github.jsendfile.server.folder.Folder;
import io.github.jsendfile.server.folder.TemporaryName;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/// A file that is being written, in the directory where it is to be but under a hidden name of its
/// own ([FileTree#isTemporary(String)]). [#commit] gives it its name in one step; closed without,
/// it is deleted. So nobody sees half of it, and what had the name before stays until then. What
/// has broken off may be kept ([#keep]) for [PartialFiles] to go on with.
///
/// The directory is held open: wherever it is moved meanwhile, the file stays in it. Not
/// thread-safe; who made it closes it, and [#close()] is idempotent.
public final class NewFile implements AutoCloseable {
  private final TreePath path;
  private final Folder folder;
  private final Path name;
  private final Path temporaryName;
  private final FileChannel channel;
  private boolean closed;

  private NewFile(
      TreePath path, Folder folder, Path name, Path temporaryName, FileChannel channel) {
    this.path = path;
    this.folder = folder;
    this.name = name;
    this.temporaryName = temporaryName;
    this.channel = channel;
  }

  /// @param folder closed with the file
  static NewFile in(Folder folder, Path name, TreePath path) throws IOException {
    Path temporaryName = name.getFileSystem().getPath(TemporaryName.random(name.toString()));
    FileChannel channel =
        folder.open(
            temporaryName,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ));
    return new NewFile(path, folder, name, temporaryName, channel);
  }

  /// Takes up what [#keep] has left, under a name of its own from the first moment: of two who want
  /// it one gets it.
  ///
  /// @param folder closed with the file
  /// @throws NoSuchFileException if nothing is left, or another has taken it up
  static NewFile resumed(Folder folder, Path name, Path kept, TreePath path) throws IOException {
    Path temporaryName = name.getFileSystem().getPath(TemporaryName.random(name.toString()));
    folder.move(kept, folder, temporaryName);
    if (!folder.facts(temporaryName).isRegular()) {
      throw new NoSuchFileException(path.toString());
    }
    FileChannel channel =
        folder.open(temporaryName, Set.of(StandardOpenOption.WRITE, StandardOpenOption.READ));
    return new NewFile(path, folder, name, temporaryName, channel);
  }

  /// The path it is to have.
  ///
  /// @return a client's path
  public TreePath path() {
    return path;
  }

  /// Where its bytes go.
  ///
  /// @return a channel open for reading and writing; closed with this
  public FileChannel channel() {
    return channel;
  }

  /// Gives it its name, and closes it. A file that it replaces leaves it its permissions.
  ///
  /// @param existing what becomes of a file that has the name
  /// @param durability whether its content is on the disk first
  /// @return what it is now
  /// @throws FileAlreadyExistsException if the name is taken and is to be kept
  /// @throws FileSystemException if the name is that of a directory
  /// @throws IOException if it cannot be written or renamed; [#close()] then deletes it
  public FileFacts commit(Existing existing, Durability durability) throws IOException {
    try {
      if (existing == Existing.REPLACE) {
        takeOver();
      }
      sync(durability);
      FileFacts facts = folder.facts(temporaryName);
      switch (existing) {
        case KEEP -> folder.moveToFreeName(temporaryName, folder, name);
        case REPLACE -> folder.move(temporaryName, folder, name);
      }
      finish();
      return facts;
    } catch (IOException e) {
      throw VirtualFailures.of(e, path);
    }
  }

  /// Closes it, and keeps what there is of it, hidden, in place of what was kept with this token
  /// before. It is taken up again by [PartialFiles#resume].
  ///
  /// @param token 1 to 64 letters, digits, `_` and `-`: tells it from others of this name
  /// @param durability whether its content is on the disk first
  /// @throws IOException if it cannot be kept; [#close()] then deletes it
  public void keep(String token, Durability durability) throws IOException {
    try {
      sync(durability);
      folder.move(temporaryName, folder, TemporaryName.path(name, token));
      finish();
    } catch (IOException e) {
      throw VirtualFailures.of(e, path);
    }
  }

  private void sync(Durability durability) throws IOException {
    if (durability == Durability.SYNCED) {
      channel.force(true);
    }
  }

  private void takeOver() throws IOException {
    Optional<FileFacts> old = factsOfOld();
    if (old.isPresent() && old.get().isDirectory()) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    Optional<Set<PosixFilePermission>> permissions = old.flatMap(FileFacts::permissions);
    if (old.isPresent() && old.get().isRegular() && permissions.isPresent()) {
      folder.setPermissions(temporaryName, permissions.get());
    }
  }

  private Optional<FileFacts> factsOfOld() throws IOException {
    try {
      return Optional.of(folder.facts(name));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void finish() throws IOException {
    closed = true;
    try (folder) {
      channel.close();
    }
  }

  /// Deletes it, unless it has been committed.
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (folder;
        channel) {
      folder.deleteFile(temporaryName);
    } catch (NoSuchFileException e) {
      // somebody has tidied up
    }
  }

  @Override
  public String toString() {
    return path + ", being written";
  }
}
