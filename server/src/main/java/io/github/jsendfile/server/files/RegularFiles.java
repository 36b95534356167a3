package io.github.jsendfile.server.files;

import io.github.jsendfile.server.folder.ChangedException;
import io.github.jsendfile.server.folder.Place;
import io.github.jsendfile.server.folder.Walk;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.util.List;
import java.util.Set;

/// Opens what is a regular file, and nothing else: it is looked at before, since to open a FIFO
/// would hold the thread, and once more behind it.
final class RegularFiles {
  private RegularFiles() {}

  /// Opens one, and looks for what stands beside it.
  static OpenFile open(FileTree tree, TreePath path, Set<OpenOption> how, List<String> suffixes)
      throws IOException {
    try (Place place = tree.find(path, Walk.LastLink.FOLLOWED)) {
      refuseUnlessRegular(place.facts(), path);
      FileChannel channel = open(place, how);
      try {
        FileFacts facts = factsOf(channel, place);
        return new OpenFile(path, channel, facts, Beside.of(tree, place, path, suffixes));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static FileChannel open(Place place, Set<OpenOption> how) throws IOException {
    try {
      return place.folder().open(place.name(), how);
    } catch (IOException e) {
      FileFacts now = place.folder().facts(place.name());
      throw ChangedException.unless(now.isSameFile(place.facts()), e);
    }
  }

  /// The file was looked at, opened, and is looked at once more. Its key was taken by nobody else
  /// while it was open, so the same key is the same file, though perhaps written meanwhile.
  private static FileFacts factsOf(FileChannel channel, Place place) throws IOException {
    FileFacts now = place.folder().facts(place.name());
    if (!now.isSameFile(place.facts()) || channel.size() != now.size()) {
      throw new ChangedException();
    }
    return now;
  }

  private static void refuseUnlessRegular(FileFacts facts, TreePath path) throws IOException {
    if (facts.isDirectory()) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    refuseOther(facts, path);
  }

  /// Refuses what may hold the thread when it is opened.
  static void refuseOther(FileFacts facts, TreePath path) throws IOException {
    if (!facts.isRegular() && !facts.isDirectory()) {
      throw new AccessDeniedException(path.toString(), null, "is not a regular file");
    }
  }
}
