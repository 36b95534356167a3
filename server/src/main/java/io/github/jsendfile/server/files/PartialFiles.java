package io.github.jsendfile.server.files;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.folder.TemporaryName;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.OptionalLong;

/// What [NewFile#keep] has kept of files that were to be, hidden beside where they were to be. Each
/// is known by the path of the file and a token; [FileTree#survey] deletes what is not taken up for
/// long. Thread-safe.
public final class PartialFiles {
  private final FileTree tree;

  /// Those of a tree.
  ///
  /// @param tree not closed with this
  public PartialFiles(FileTree tree) {
    this.tree = requireNonNull(tree, "tree");
  }

  /// How much there is of a file.
  ///
  /// @param path the path it was to have
  /// @param token as it was kept with
  /// @return bytes, or empty if nothing was kept
  /// @throws IOException if that cannot be told
  public OptionalLong length(TreePath path, String token) throws IOException {
    return FileTree.confined(
        path,
        () -> {
          try (Changes.Entry entry = tree.changes().entry(path)) {
            FileFacts facts = entry.folder().facts(TemporaryName.path(entry.name(), token));
            return facts.isRegular() ? OptionalLong.of(facts.size()) : OptionalLong.empty();
          } catch (NoSuchFileException e) {
            return OptionalLong.empty();
          }
        });
  }

  /// Goes on with a file. Of several who want to, one gets it.
  ///
  /// @param path the path it is to have
  /// @param token as it was kept with
  /// @return the file with what was kept, to be closed
  /// @throws NoSuchFileException if nothing was kept
  /// @throws IOException if it cannot be opened
  public NewFile resume(TreePath path, String token) throws IOException {
    return FileTree.confined(
        path,
        () -> {
          Changes.Entry entry = tree.changes().entry(path);
          try {
            return NewFile.resumed(
                entry.folder(), entry.name(), TemporaryName.path(entry.name(), token), path);
          } catch (IOException | RuntimeException e) {
            entry.close();
            throw e;
          }
        });
  }

  /// Throws away what was kept.
  ///
  /// @param path the path it was to have
  /// @param token as it was kept with
  /// @return how many bytes are gone, or empty if nothing was kept
  /// @throws IOException if it cannot be deleted
  public OptionalLong delete(TreePath path, String token) throws IOException {
    return FileTree.confined(
        path,
        () -> {
          try (Changes.Entry entry = tree.changes().entry(path)) {
            var kept = TemporaryName.path(entry.name(), token);
            long length = entry.folder().facts(kept).size();
            entry.folder().deleteFile(kept);
            return OptionalLong.of(length);
          } catch (NoSuchFileException e) {
            return OptionalLong.empty();
          }
        });
  }
}
