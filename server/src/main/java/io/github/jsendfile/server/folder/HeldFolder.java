package io.github.jsendfile.server.folder;

import io.github.jsendfile.server.path.FileFacts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A directory held by a descriptor: whatever happens to its path and to those above it, this
/// stays the same directory, and every operation is relative to it (`openat(2)` and its kind).
///
/// The JDK's [SecureDirectoryStream] has two manners one must know:
///
/// * To open a child directory it opens whatever is there, without `O_DIRECTORY`. A FIFO would
///   hold the thread for ever; a file is found out too late and then one descriptor is lost and
///   one closed twice, which may be another thread's by then (JDK 25). So a child is opened as
///   `name/.`, which the kernel refuses for all that is no directory before it opens anything.
///   That follows a link at `name`, so the opened directory must have the key of the one that
///   was looked at without following.
/// * It reports a refusal to follow a link in two ways, neither to be told from other failures.
///   So after any failure the entry is looked at again.
public final class HeldFolder implements Folder {
  private static final Path SELF = Path.of(".");
  private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

  private final SecureDirectoryStream<Path> stream;
  private final Path path;
  private final AtomicInteger holders = new AtomicInteger(1);

  HeldFolder(SecureDirectoryStream<Path> stream, Path path) {
    this.stream = stream;
    this.path = path;
  }

  /// Holds the directory at a path, following links.
  ///
  /// @return nothing where the platform has no such streams
  @SuppressWarnings("StreamResourceLeak") // held until it is closed
  public static @Nullable HeldFolder hold(Path path) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(path);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new HeldFolder(secure, path);
    }
    stream.close();
    return null;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public FileFacts facts(Path name) throws IOException {
    PosixFileAttributeView posix =
        stream.getFileAttributeView(name, PosixFileAttributeView.class, NO_FOLLOW);
    return FileFacts.of(
        posix != null
            ? posix.readAttributes()
            : stream
                .getFileAttributeView(name, BasicFileAttributeView.class, NO_FOLLOW)
                .readAttributes());
  }

  @Override
  public Folder enter(Path name, FileFacts facts) throws IOException {
    HeldFolder child;
    try {
      child = child(name);
    } catch (IOException e) {
      throw ChangedException.unless(facts.isSameFile(facts(name)), e);
    }
    if (child.ownFacts().isSameFile(facts)) {
      return child;
    }
    child.close();
    throw new ChangedException();
  }

  @Override
  public Folder again() throws IOException {
    return hold(stream.newDirectoryStream(SELF, NO_FOLLOW), path);
  }

  @Override
  public FileChannel open(Path name, Set<OpenOption> how) throws IOException {
    Set<OpenOption> options = new HashSet<>(how);
    options.add(LinkOption.NOFOLLOW_LINKS);
    SeekableByteChannel channel = newByteChannel(name, options);
    if (channel instanceof FileChannel file) {
      return file;
    }
    channel.close();
    throw new UnsupportedOperationException(path.getFileSystem() + " has no file channels");
  }

  private SeekableByteChannel newByteChannel(Path name, Set<OpenOption> how) throws IOException {
    if (!Folder.mayCreate(how)) {
      return stream.newByteChannel(name, how);
    }
    try (Turnstile _ = Turnstile.pass()) {
      return stream.newByteChannel(name, how);
    }
  }

  @Override
  public Iterator<Path> names() {
    Iterator<Path> entries = stream.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Path next() {
        return Names.last(entries.next());
      }
    };
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    try (Turnstile _ = Turnstile.pass()) {
      stream.deleteFile(name);
    }
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    try (Turnstile _ = Turnstile.pass()) {
      stream.deleteDirectory(name);
    }
  }

  @Override
  public void move(Path name, Folder target, Path targetName) throws IOException {
    if (!(target instanceof HeldFolder held)) {
      throw new UnsupportedOperationException("two kinds of folder in one tree");
    }
    try (Turnstile _ = Turnstile.pass()) {
      stream.move(name, held.stream, targetName);
    }
  }

  @Override
  public void setLastModified(Path name, FileTime time) throws IOException {
    stream
        .getFileAttributeView(name, BasicFileAttributeView.class, NO_FOLLOW)
        .setTimes(time, null, null);
  }

  @Override
  public void setPermissions(Path name, Set<PosixFilePermission> permissions) throws IOException {
    PosixFileAttributeView posix =
        stream.getFileAttributeView(name, PosixFileAttributeView.class, NO_FOLLOW);
    if (posix == null) {
      throw new UnsupportedOperationException(path.getFileSystem() + " has no permissions");
    }
    posix.setPermissions(permissions);
  }

  /// Holds it for one more, who closes it too.
  ///
  /// @return false if it is closed already
  boolean holdToo() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  @Override
  public void close() throws IOException {
    if (holders.decrementAndGet() == 0) {
      stream.close();
    }
  }

  private HeldFolder child(Path name) throws IOException {
    return hold(stream.newDirectoryStream(name.resolve(SELF), NO_FOLLOW), path.resolve(name));
  }

  private static HeldFolder hold(DirectoryStream<Path> stream, Path path) {
    return new HeldFolder((SecureDirectoryStream<Path>) stream, path);
  }

  private FileFacts ownFacts() throws IOException {
    return FileFacts.of(stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
  }
}
