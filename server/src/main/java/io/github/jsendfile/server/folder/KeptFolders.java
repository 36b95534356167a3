package io.github.jsendfile.server.folder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.github.jsendfile.server.path.FileFacts;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Directories that walks have been through, held open for the next ones, since most files that are
/// asked for are in few directories. A walk looks at each name all the same, and gets from here
/// only the very directory that has the name at that moment: one that is held keeps its key. It
/// has to have its path, too, which one that was renamed has not. Thread-safe.
final class KeptFolders implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KeptFolders.class.getPackageName());
  private static final int MOST = 128; // with two descriptors each
  private static final Duration UNUSED = Duration.ofSeconds(10); // a file system can be unmounted

  private final Cache<Key, HeldFolder> folders =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterAccess(UNUSED)
          .executor(Runnable::run)
          .removalListener(KeptFolders::letGo)
          .build();
  private volatile boolean isClosed;

  private record Key(Object file, Path path) {}

  private static void letGo(@Nullable Key key, @Nullable HeldFolder folder, RemovalCause cause) {
    try {
      if (folder != null) {
        folder.close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing {0} ({1}): {2}", key, cause, e.getMessage());
    }
  }

  /// The directory that these facts are about, an entry of `parent`; the caller's to close.
  ///
  /// @throws ChangedException if it is another now
  Folder enter(Folder parent, Path name, FileFacts facts) throws IOException {
    Object file = facts.key().orElse(null);
    if (file == null) {
      return parent.enter(name, facts);
    }
    Key key = new Key(file, parent.path().resolve(name));
    HeldFolder known = folders.getIfPresent(key);
    if (known != null && known.holdToo()) {
      return known;
    }
    Folder entered = parent.enter(name, facts);
    if (entered instanceof HeldFolder held && held.holdToo()) {
      folders.put(key, held);
      if (isClosed) {
        folders.invalidate(key);
      }
    }
    return entered;
  }

  /// Lets go of all; who is in one stays there until done.
  @Override
  public void close() {
    isClosed = true;
    folders.invalidateAll();
    folders.cleanUp();
  }
}
