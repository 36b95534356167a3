package io.github.jsendfile.server.files;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.folder.ChangedException;
import io.github.jsendfile.server.folder.Folder;
import io.github.jsendfile.server.folder.HeldFolder;
import io.github.jsendfile.server.folder.NamedFolder;
import io.github.jsendfile.server.folder.Names;
import io.github.jsendfile.server.folder.Place;
import io.github.jsendfile.server.folder.Root;
import io.github.jsendfile.server.folder.TemporaryName;
import io.github.jsendfile.server.folder.Walk;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.Modes;
import io.github.jsendfile.server.path.SymbolicLinks;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files below one directory, by the paths that clients know: the only way from a client's
/// path to a file. Nothing outside the root can be reached, whatever a path is spelt like and
/// whatever others do to the directories meanwhile.
///
/// * Directories are walked one by one, each held open, none through a symbolic link; links are
///   followed by the tree itself, as [SymbolicLinks] allows.
/// * Only regular files are opened, and what is none is refused before: opening a FIFO would hold
///   the thread, and on a virtual one its carrier.
/// * After opening, the file is looked at again. If it is not the one that was looked at before,
///   everything starts over, a bounded number of times.
/// * Names with a dot in front do not exist, unless shown by option. The temporary names of files
///   under way ([#isTemporary(String)]) never do.
///
/// What remains: someone with an account on the machine who exchanges a file for a FIFO within the
/// microseconds between look and open holds a thread; and who exchanges a file for another one and
/// back has that other one of the same directory served. Where the platform cannot hold
/// directories open (Windows), whoever may exchange directories for links below the root can win
/// a race against the look at each path.
///
/// Failures are those of [java.nio.file.Files], with the client's path as their text:
/// [NoSuchFileException], [AccessDeniedException], [NotDirectoryException],
/// [java.nio.file.DirectoryNotEmptyException], [java.nio.file.FileAlreadyExistsException], and
/// [FileSystemException] with a reason for everything else. Thread-safe.
public final class FileTree implements AutoCloseable {
  private static final int MOST_ATTEMPTS = 50; // each a few microseconds
  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);

  private final Root root;
  private final SymbolicLinks links;
  private final HiddenFiles hiddenFiles;
  private final Changes changes = new Changes(this);

  /// Looked up once: that reads the table of all mounts.
  private volatile @Nullable FileStore store;

  /// Makes a tree.
  public static final class Builder {
    private final Path root;
    private SymbolicLinks links = SymbolicLinks.INSIDE;
    private HiddenFiles hiddenFiles = HiddenFiles.ABSENT;
    private Root.Holder holder = Builder::hold;

    private Builder(Path root) {
      this.root = requireNonNull(root, "root");
    }

    /// Which symbolic links are followed; those that stay inside unless said otherwise.
    ///
    /// @param links which
    /// @return this
    public Builder links(SymbolicLinks links) {
      this.links = requireNonNull(links, "links");
      return this;
    }

    /// Whether names with a dot in front exist; they do not unless said otherwise.
    ///
    /// @param hiddenFiles whether
    /// @return this
    public Builder hiddenFiles(HiddenFiles hiddenFiles) {
      this.hiddenFiles = requireNonNull(hiddenFiles, "hiddenFiles");
      return this;
    }

    /// As on a platform that cannot hold directories open.
    Builder byName() {
      holder = NamedFolder::new;
      return this;
    }

    /// Opens the tree.
    ///
    /// @return it, to be closed
    /// @throws IOException if the root is no directory that can be read
    public FileTree build() throws IOException {
      return new FileTree(this);
    }

    private static Folder hold(Path realPath) throws IOException {
      Folder folder = HeldFolder.hold(realPath);
      return folder != null ? folder : new NamedFolder(realPath);
    }
  }

  private FileTree(Builder builder) throws IOException {
    root = new Root(builder.root.toAbsolutePath(), builder.holder, System::nanoTime);
    links = builder.links;
    hiddenFiles = builder.hiddenFiles;
  }

  /// The tree below a directory, with links followed inside and hidden files absent.
  ///
  /// @param root a directory
  /// @return the tree, to be closed
  /// @throws IOException if the root is no directory that can be read
  public static FileTree of(Path root) throws IOException {
    return builder(root).build();
  }

  /// Makes a tree with options.
  ///
  /// @param root a directory
  /// @return a builder
  public static Builder builder(Path root) {
    return new Builder(root);
  }

  /// Whether a name is that of a file still being written, or left behind by a process that was
  /// killed while it wrote: `.NAME.jsendfile-TOKEN.part`.
  ///
  /// @param name one name
  /// @return true if so
  public static boolean isTemporary(String name) {
    return TemporaryName.is(name);
  }

  /// Where the tree is on this machine.
  ///
  /// @return the absolute path of the root
  public Path root() {
    return root.path();
  }

  /// What a path leads to.
  ///
  /// @param path a client's path
  /// @return the facts, of what a link leads to; never [FileFacts.Kind#LINK]
  /// @throws NoSuchFileException if there is nothing, or nothing that may be seen
  /// @throws IOException if it cannot be looked at
  public FileFacts facts(TreePath path) throws IOException {
    return confined(
        path,
        () -> {
          try (Place place = find(path, Walk.LastLink.FOLLOWED)) {
            return place.facts();
          }
        });
  }

  /// What regular files stand beside one, by what their names have behind its name.
  ///
  /// @param path a client's path
  /// @param suffixes what to look for, for example `.gz`
  /// @return the facts of those that are there, by suffix
  /// @throws NoSuchFileException if there is nothing at the path itself
  /// @throws IOException if the directory cannot be looked at
  public Map<String, FileFacts> beside(TreePath path, List<String> suffixes) throws IOException {
    return confined(path, () -> Beside.of(this, path, suffixes));
  }

  /// Opens a regular file for reading.
  ///
  /// @param path a client's path
  /// @return the file, to be closed
  /// @throws NoSuchFileException if there is nothing, or nothing that may be seen
  /// @throws AccessDeniedException if it may not be read, or is neither file nor directory
  /// @throws FileSystemException with the reason "is a directory" if it is one
  /// @throws IOException if it cannot be opened
  public OpenFile open(TreePath path) throws IOException {
    return open(path, List.of());
  }

  /// Opens a regular file for reading, and looks on the way for what stands [#beside] it.
  ///
  /// @param path a client's path
  /// @param suffixes what to look for, for example `.gz`
  /// @return the file, to be closed
  /// @throws IOException as [#open(TreePath)]
  public OpenFile open(TreePath path, List<String> suffixes) throws IOException {
    return confined(path, () -> RegularFiles.open(this, path, READ, suffixes));
  }

  /// Lists a directory.
  ///
  /// @param path a client's path
  /// @return its entries, to be closed
  /// @throws NoSuchFileException if there is nothing, or nothing that may be seen
  /// @throws NotDirectoryException if it is something else
  /// @throws IOException if it cannot be opened
  public DirectoryListing list(TreePath path) throws IOException {
    return confined(path, () -> new DirectoryListing(this, path, directory(path)));
  }

  /// Begins a file, under a temporary name until it is committed.
  ///
  /// @param path a client's path; what has it stays until then
  /// @return the file, to be closed
  /// @throws NoSuchFileException if its directory is not there, or no file may have that name
  /// @throws IOException if it cannot be created
  public NewFile create(TreePath path) throws IOException {
    return confined(path, () -> changes.create(path));
  }

  /// Begins a file as [#create(TreePath)], where nothing has its name yet.
  ///
  /// @param path a client's path
  /// @return the file, to be closed
  /// @throws java.nio.file.FileAlreadyExistsException if something has the name, be it a link that
  ///     is not followed
  /// @throws IOException as [#create(TreePath)]
  public NewFile createFirst(TreePath path) throws IOException {
    return confined(path, () -> changes.createFirst(path));
  }

  /// Opens a regular file for writing, in place; creates it if it is not there.
  ///
  /// @param path a client's path
  /// @return the file, to be closed; its content is as it was
  /// @throws IOException as [#open(TreePath)] and [#create(TreePath)]
  public OpenFile openForWriting(TreePath path) throws IOException {
    return confined(path, () -> changes.openForWriting(path));
  }

  /// Makes a directory.
  ///
  /// @param path a client's path
  /// @throws java.nio.file.FileAlreadyExistsException if something has the name
  /// @throws NoSuchFileException if its parent is not there
  /// @throws IOException if it cannot be made
  public void createDirectory(TreePath path) throws IOException {
    change(path, () -> changes.createDirectory(path));
  }

  /// Deletes a file, a symbolic link itself, or an empty directory.
  ///
  /// @param path a client's path
  /// @throws java.nio.file.DirectoryNotEmptyException if a directory has entries
  /// @throws AccessDeniedException if it is the root or may not be deleted
  /// @throws IOException if it is not there or cannot be deleted
  public void delete(TreePath path) throws IOException {
    change(path, () -> changes.delete(path));
  }

  /// Deletes a file, a symbolic link itself, or a directory with everything in it: links in it, not
  /// what they lead to, and files that were never finished.
  ///
  /// @param path a client's path
  /// @throws java.nio.file.DirectoryNotEmptyException if files in it are hidden, which who does not
  ///     see them is not to delete; then nothing is deleted
  /// @throws IOException as [#delete(TreePath)]; a part of it may be gone
  public void deleteAll(TreePath path) throws IOException {
    change(path, () -> new Removal(this).remove(path));
  }

  /// Looks at every file, hidden and unfinished ones too, and deletes those that were never
  /// finished. It takes as long as listing everything.
  ///
  /// @param unfinishedBefore an unfinished file that was last written before this is deleted
  /// @return what is there
  /// @throws IOException if the root cannot be read; what is below and cannot be is passed over
  public Survey survey(Instant unfinishedBefore) throws IOException {
    return confined(TreePath.ROOT, () -> Surveyor.survey(this, unfinishedBefore));
  }

  /// Renames a file, a symbolic link itself or a directory, in one step.
  ///
  /// @param from a client's path
  /// @param to a client's path
  /// @param existing what becomes of a file that has it; a directory is replaced only while empty
  /// @throws java.nio.file.FileAlreadyExistsException if the name is taken and is to be kept
  /// @throws IOException if either cannot be
  public void move(TreePath from, TreePath to, Existing existing) throws IOException {
    change(from, () -> changes.move(from, to, existing));
  }

  /// Sets when a file or directory was last changed.
  ///
  /// @param path a client's path
  /// @param time the moment
  /// @throws IOException if it is not there or may not be changed
  public void setLastModified(TreePath path, Instant time) throws IOException {
    change(path, () -> changes.setLastModified(path, FileTime.from(time)));
  }

  /// Sets who may do what.
  ///
  /// @param path a client's path
  /// @param mode the low nine bits of a mode, `0644`
  /// @throws IOException if it is not there or may not be changed
  public void setPermissions(TreePath path, int mode) throws IOException {
    change(path, () -> changes.setPermissions(path, Modes.permissions(mode)));
  }

  /// How much can be stored.
  ///
  /// @return bytes, as far as the root's file system can tell
  /// @throws IOException if it cannot
  public long usableSpace() throws IOException {
    FileStore known = store;
    if (known == null) {
      known = Files.getFileStore(root.path());
      store = known;
    }
    return known.getUsableSpace();
  }

  /// Lets go of the root. What was opened stays open.
  @Override
  public void close() throws IOException {
    root.close();
  }

  /// Whether a name exists for clients.
  boolean isVisible(String name) {
    return !name.startsWith(".") || (hiddenFiles == HiddenFiles.SHOWN && !TemporaryName.is(name));
  }

  /// What is done with a path, and done anew when something was exchanged meanwhile.
  @FunctionalInterface
  interface Operation<T> {
    T run() throws IOException;
  }

  Changes changes() {
    return changes;
  }

  static <T> T confined(TreePath path, Operation<T> operation) throws IOException {
    for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return operation.run();
      } catch (ChangedException | ClosedDirectoryStreamException e) {
        Thread.onSpinWait();
      } catch (IOException e) {
        throw VirtualFailures.of(e, path);
      }
    }
    throw new FileSystemException(path.toString(), null, "changes all the time");
  }

  /// A change, which has no result.
  @FunctionalInterface
  private interface Change {
    void run() throws IOException;
  }

  private static void change(TreePath path, Change change) throws IOException {
    confined(
        path,
        () -> {
          change.run();
          return true;
        });
  }

  Place find(TreePath path, Walk.LastLink lastLink) throws IOException {
    for (String name : path.names()) {
      if (!isVisible(name) || Names.isTooLong(name)) {
        throw new NoSuchFileException(name);
      }
    }
    return Walk.to(path, root, links, lastLink);
  }

  /// The directory, held by the caller alone.
  Folder directory(TreePath path) throws IOException {
    try (Place place = find(path, Walk.LastLink.FOLLOWED)) {
      if (!place.facts().isDirectory()) {
        throw new NotDirectoryException(path.toString());
      }
      return place.isSelf()
          ? place.folder().again()
          : place.folder().enter(place.name(), place.facts());
    }
  }
}
