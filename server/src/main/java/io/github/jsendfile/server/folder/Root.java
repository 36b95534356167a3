package io.github.jsendfile.server.folder;

import io.github.jsendfile.server.path.FileFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The root of a tree, held open so that walks begin with no system call. Once a second its path
/// is looked at: when another directory has taken its place (a new release, a mount), that one
/// is held from then on.
///
/// Closing a held directory waits for what uses it to finish; who comes later gets
/// [java.nio.file.ClosedDirectoryStreamException] and starts over.
public final class Root {
  /// How a directory is held.
  @FunctionalInterface
  public interface Holder {
    Folder hold(Path realPath) throws IOException;
  }

  private record Held(Folder folder, @Nullable Object key) {}

  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path path;
  private final Holder holder;
  private final LongSupplier nanoTime;
  private volatile @Nullable Held held;
  private volatile long lookedAt;
  private volatile boolean isClosed;

  public Root(Path path, Holder holder, LongSupplier nanoTime) throws IOException {
    this.path = path;
    this.holder = holder;
    this.nanoTime = nanoTime;
    look();
  }

  public Path path() {
    return path;
  }

  /// The root's folder, which is not the caller's to close.
  public Folder folder() throws IOException {
    if (nanoTime.getAsLong() - lookedAt >= LOOK_NANOS) {
      look();
    }
    Held now = held;
    if (now == null) {
      throw new NoSuchFileException("/");
    }
    return now.folder();
  }

  /// Any other directory, as the root is held; the caller's to close.
  public Folder hold(Path realPath) throws IOException {
    return holder.hold(realPath);
  }

  /// A directory on the way, which these facts are about; the caller's to close.
  ///
  /// @throws ChangedException if it is another now
  Folder enter(Folder parent, Path name, FileFacts facts) throws IOException {
    Folder entered = KeptFolders.ALL.enter(this, parent, name, facts);
    if (isClosed) { // meanwhile
      KeptFolders.ALL.leave(this);
    }
    return entered;
  }

  public synchronized void close() throws IOException {
    isClosed = true;
    KeptFolders.ALL.leave(this);
    release();
  }

  private synchronized void look() throws IOException {
    if (isClosed) {
      throw new NoSuchFileException("/");
    }
    try {
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      Held before = held;
      if (before == null || !Objects.equals(before.key, key)) {
        release();
        held = new Held(holder.hold(path.toRealPath()), key);
      }
      lookedAt = nanoTime.getAsLong();
    } catch (IOException e) {
      release();
      throw e;
    }
  }

  private void release() throws IOException {
    Held before = held;
    held = null;
    if (before != null) {
      before.folder.close();
    }
  }
}
