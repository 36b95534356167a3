package io.github.jsendfile.http.files;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.OpenFile;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps files open between requests, so that most requests open nothing. Bounded in number; what
/// is evicted is closed once nobody sends from it.
///
/// A path is looked at again twice a second at most: a file that was replaced or deleted is noticed
/// within that time. That a file has still the length that is about to be promised, is looked at
/// for every answer. Thread-safe.
public final class OpenFileCache implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OpenFileCache.class.getPackageName());
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final LongSupplier nanoClock;
  private final Cache<Key, CachedFile> files;

  /// A file of a tree; of no other, even below the same directory.
  private record Key(FileTree tree, TreePath path) {}

  /// Makes an empty cache.
  ///
  /// @param mostFiles how many are kept open
  /// @param nanoClock as [System#nanoTime()]
  public OpenFileCache(int mostFiles, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.files =
        Caffeine.newBuilder()
            .maximumSize(mostFiles)
            .executor(Runnable::run)
            .removalListener(OpenFileCache::letGo)
            .recordStats()
            .build();
  }

  private static void letGo(@Nullable Key key, @Nullable CachedFile file, RemovalCause cause) {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing {0} ({1}): {2}", file.path(), cause, e.getMessage());
    }
  }

  /// A file, open and held for the caller, who closes it.
  ///
  /// @param suffixes what stands beside the file is looked for when it is opened
  /// @throws IOException as [FileTree#open]
  CachedFile open(FileTree tree, TreePath path, Function<TreePath, List<String>> suffixes)
      throws IOException {
    Key key = new Key(tree, path);
    CachedFile known = files.getIfPresent(key);
    if (known != null && known.hold()) {
      if (isUnchanged(key, known)) {
        return known;
      }
      files.asMap().remove(key, known);
      known.close();
    }
    return load(key, suffixes.apply(path));
  }

  private boolean isUnchanged(Key key, CachedFile file) {
    try {
      if (!file.isDue(nanoClock.getAsLong(), LOOK_NANOS)) {
        return file.isInMemory() || file.hasItsLength();
      }
      file.forgetVariants();
      return key.tree().facts(key.path()).isSameContent(file.facts());
    } catch (IOException e) {
      return false; // opening it anew tells what there is to say
    }
  }

  private CachedFile load(Key key, List<String> suffixes) throws IOException {
    OpenFile file = key.tree().open(key.path(), suffixes);
    CachedFile loaded = new CachedFile(file, nanoClock.getAsLong());
    loaded.hold(); // once for the cache, once for the caller
    files.put(key, loaded);
    return loaded;
  }

  /// Lets go of a file that was changed by this server: whoever asks next sees it as it is now.
  public void forget(FileTree tree, TreePath path) {
    files.invalidate(new Key(tree, path));
  }

  /// How many files are kept.
  public long size() {
    return files.estimatedSize();
  }

  /// How many requests found their file open.
  public long hits() {
    return files.stats().hitCount();
  }

  /// How many requests did not.
  public long misses() {
    return files.stats().missCount();
  }

  /// Lets go of all files.
  @Override
  public void close() {
    files.invalidateAll();
    files.cleanUp();
  }
}
