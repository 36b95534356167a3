package io.github.jsendfile.http.archive;

import io.github.jsendfile.server.files.DirectoryEntry;
import io.github.jsendfile.server.files.DirectoryListing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.OpenFile;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Finds everything below a folder, each folder before what is in it. What has no name that can be
/// asked for, what is no file and no folder and what may not be read is left out; so is a folder
/// that a link leads back to from below itself.
final class Members {
  /// Of more, nobody wants one archive; each costs some 200 bytes of memory.
  static final int MOST = 100_000;

  private static final int MOST_DEPTH = 200;
  private static final int EVERYBODY_READS = 0444;

  private final FileTree tree;
  private final List<Member> found = new ArrayList<>();
  private final Deque<Object> ancestors = new ArrayDeque<>();

  private Members(FileTree tree) {
    this.tree = tree;
  }

  /// Everything below a folder, the folder itself included unless it is the root.
  ///
  /// @return nothing if it is too much
  static Optional<List<Member>> below(FileTree tree, TreePath folder) throws IOException {
    Members members = new Members(tree);
    FileFacts facts = tree.facts(folder);
    String prefix = folder.isRoot() ? "" : folder.name() + "/";
    if (!folder.isRoot()) {
      members.found.add(new Member(folder, prefix, facts));
    }
    members.walk(folder, prefix, facts);
    return members.found.size() > MOST ? Optional.empty() : Optional.of(members.found);
  }

  private void walk(TreePath folder, String prefix, FileFacts facts) throws IOException {
    Object key = facts.key().orElse(folder);
    if (ancestors.size() == MOST_DEPTH || ancestors.contains(key)) {
      return;
    }
    ancestors.push(key);
    for (Member child : children(folder, prefix)) {
      if (found.size() > MOST) {
        break;
      }
      found.add(child);
      walkIfReadable(child);
    }
    ancestors.pop();
  }

  private void walkIfReadable(Member child) throws IOException {
    if (!child.isFolder()) {
      return;
    }
    try {
      walk(child.path(), child.name(), child.facts());
    } catch (AccessDeniedException | NoSuchFileException | NotDirectoryException e) {
      // it is in the archive, and empty there
    }
  }

  /// Opens what not everybody may read: once the archive's length is promised it is too late.
  private boolean isReadable(Member file) throws IOException {
    if ((file.facts().mode() & EVERYBODY_READS) == EVERYBODY_READS) {
      return true;
    }
    try (OpenFile _ = tree.open(file.path())) {
      return true;
    } catch (AccessDeniedException | NoSuchFileException e) {
      return false;
    }
  }

  /// All of a folder at once, so that no more than one is open however deep it goes.
  private List<Member> children(TreePath folder, String prefix) throws IOException {
    List<Member> children = new ArrayList<>();
    try (DirectoryListing listing = tree.list(folder)) {
      DirectoryEntry entry = listing.next();
      while (entry != null && found.size() + children.size() <= MOST) {
        FileFacts facts = entry.facts();
        if (entry.isReachable() && (facts.isRegular() || facts.isDirectory())) {
          String name = prefix + entry.name() + (facts.isDirectory() ? "/" : "");
          Member child = new Member(folder.child(entry.name()), name, facts);
          if (child.isFolder() || isReadable(child)) {
            children.add(child);
          }
        }
        entry = listing.next();
      }
    }
    return children;
  }
}
