package io.github.jsendfile.server.folder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.github.jsendfile.server.path.FileFacts;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Directories that walks have been through, held open for the next ones, since most files that are
/// asked for are in few directories. A walk looks at each name all the same, and gets from here
/// only the very directory that has the name at that moment: one that is held keeps its key. It
/// has to have its path, too, which one that was renamed has not. One for all roots of the process,
/// so that many of them do not take all descriptors. Thread-safe.
final class KeptFolders {
  private static final System.Logger LOG = System.getLogger(KeptFolders.class.getPackageName());
  private static final int MOST = 128; // with two descriptors each
  private static final Duration UNUSED =
      Duration.ofSeconds(2); // then a file system can be unmounted

  static final KeptFolders ALL = new KeptFolders();

  private final Cache<Key, HeldFolder> folders =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterAccess(UNUSED)
          .scheduler(Scheduler.systemScheduler())
          .executor(Runnable::run)
          .removalListener(KeptFolders::letGo)
          .build();

  private record Key(Root root, Object file, Path path) {}

  private KeptFolders() {}

  private static void letGo(@Nullable Key key, @Nullable HeldFolder folder, RemovalCause cause) {
    try {
      if (folder != null) {
        folder.close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing {0} ({1}): {2}", key, cause, e.getMessage());
    }
  }

  /// The directory that these facts are about, an entry of `parent`, below a root that is to
  /// [#leave] in the end; the caller's to close.
  ///
  /// @throws ChangedException if it is another now
  Folder enter(Root root, Folder parent, Path name, FileFacts facts) throws IOException {
    Object file = facts.key().orElse(null);
    if (file == null) {
      return parent.enter(name, facts);
    }
    Key key = new Key(root, file, parent.path().resolve(name));
    HeldFolder known = folders.getIfPresent(key);
    if (known != null && known.holdToo()) {
      return known;
    }
    Folder entered = parent.enter(name, facts);
    if (entered instanceof HeldFolder held && held.holdToo()) {
      folders.put(key, held);
    }
    return entered;
  }

  /// Lets go of what is below a root; who is there stays there until done.
  void leave(Root root) {
    folders.asMap().keySet().removeIf(key -> key.root() == root);
  }
}
