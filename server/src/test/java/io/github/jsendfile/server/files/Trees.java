package io.github.jsendfile.server.files;

import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What tests do with trees.
final class Trees {
  /// How a tree holds its directories.
  enum Holding {
    /// By descriptor, where the platform can.
    HELD,
    /// By name, as where it cannot.
    NAMED;

    FileTree.Builder builder(Path root) {
      FileTree.Builder builder = FileTree.builder(root);
      return this == NAMED ? builder.byName() : builder;
    }
  }

  private Trees() {}

  static String read(FileTree tree, String path) throws IOException {
    try (OpenFile file = tree.open(TreePath.parse(path))) {
      return content(file);
    }
  }

  static String content(OpenFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.channel().size()));
    while (bytes.hasRemaining() && file.channel().read(bytes, bytes.position()) >= 0) {}
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  static List<DirectoryEntry> list(FileTree tree, String path) throws IOException {
    List<DirectoryEntry> entries = new ArrayList<>();
    try (DirectoryListing listing = tree.list(TreePath.parse(path))) {
      for (DirectoryEntry next = listing.next(); next != null; next = listing.next()) {
        entries.add(next);
      }
    }
    return entries;
  }

  static List<String> names(FileTree tree, String path) throws IOException {
    return list(tree, path).stream().map(DirectoryEntry::name).sorted().toList();
  }
}
