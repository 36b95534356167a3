package io.github.jsendfile.server.files;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.folder.Folder;
import io.github.jsendfile.server.folder.Names;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The entries of a directory, one at a time and in the file system's order: memory does not grow
/// with their number. What is hidden is left out; so is what is deleted meanwhile. For one thread.
/// Who opened it closes it; [#close()] is idempotent.
public final class DirectoryListing implements AutoCloseable {
  private final FileTree tree;
  private final TreePath path;
  private final Folder folder;
  private final Iterator<Path> names;

  DirectoryListing(FileTree tree, TreePath path, Folder folder) throws IOException {
    this.tree = tree;
    this.path = path;
    this.folder = folder;
    this.names = folder.names();
  }

  /// The directory's path.
  ///
  /// @return the path it was asked for by
  public TreePath path() {
    return path;
  }

  /// The next entry.
  ///
  /// @return it, or null behind the last one
  /// @throws IOException if the directory cannot be read further
  public @Nullable DirectoryEntry next() throws IOException {
    for (Path name = nextVisible(); name != null; name = nextVisible()) {
      DirectoryEntry entry = entry(name);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  /// Passes over entries without looking at them, which is several times faster than
  /// [#next()].
  ///
  /// @param count how many; negative counts as 0
  /// @return how many there were, fewer than `count` only at the end
  /// @throws IOException if the directory cannot be read further
  public long skip(long count) throws IOException {
    long skipped = 0;
    while (skipped < count && nextVisible() != null) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }

  private @Nullable Path nextVisible() throws IOException {
    try {
      while (names.hasNext()) {
        Path name = names.next();
        if (tree.isVisible(name.toString())) {
          return name;
        }
      }
      return null;
    } catch (DirectoryIteratorException e) {
      throw VirtualFailures.of(requireNonNull(e.getCause(), "cause"), path);
    }
  }

  private @Nullable DirectoryEntry entry(Path name) {
    DirectoryEntry.NameKind kind =
        Names.isDecodable(name)
            ? DirectoryEntry.NameKind.DECODED
            : DirectoryEntry.NameKind.UNDECODABLE;
    FileFacts facts = facts(name);
    if (facts == null) {
      return null;
    }
    boolean isLink = facts.kind() == FileFacts.Kind.LINK && kind == DirectoryEntry.NameKind.DECODED;
    return new DirectoryEntry(name.toString(), isLink ? followed(name, facts) : facts, kind);
  }

  /// A directory that may be read and not searched (`r--`) has names, and nothing to say of them.
  private @Nullable FileFacts facts(Path name) {
    try {
      return folder.facts(name);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      return FileFacts.unknown();
    }
  }

  private FileFacts followed(Path link, FileFacts ofLink) {
    try {
      return tree.facts(path.child(link.toString()));
    } catch (IOException e) {
      return ofLink;
    }
  }
}
