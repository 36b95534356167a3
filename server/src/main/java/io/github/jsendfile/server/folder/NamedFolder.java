package io.github.jsendfile.server.folder;

import io.github.jsendfile.server.path.FileFacts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A directory known by its real path only, for platforms that cannot hold one by a descriptor.
/// Before each operation the path must still be its own real path: no component has become a link.
/// Between that look and the operation it may become one; who can do that has write access to the
/// machine's own directories.
public final class NamedFolder implements Folder {
  private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

  private final Path path;
  private @Nullable DirectoryStream<Path> stream;

  public NamedFolder(Path realPath) {
    path = realPath;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public FileFacts facts(Path name) throws IOException {
    Path entry = entry(name);
    Class<? extends BasicFileAttributes> type =
        Files.getFileAttributeView(entry, PosixFileAttributeView.class) != null
            ? PosixFileAttributes.class
            : BasicFileAttributes.class;
    return FileFacts.of(Files.readAttributes(entry, type, NO_FOLLOW));
  }

  @Override
  public Folder enter(Path name, FileFacts facts) throws IOException {
    if (!facts(name).isSameFile(facts)) {
      throw new ChangedException();
    }
    return new NamedFolder(path.resolve(name));
  }

  @Override
  public Folder again() {
    return new NamedFolder(path);
  }

  @Override
  public FileChannel open(Path name, Set<OpenOption> how) throws IOException {
    Set<OpenOption> options = new HashSet<>(how);
    options.add(LinkOption.NOFOLLOW_LINKS);
    if (!Folder.mayCreate(how)) {
      return FileChannel.open(entry(name), options);
    }
    try (Turnstile _ = Turnstile.pass()) {
      return FileChannel.open(entry(name), options);
    }
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // closed with the folder
  public Iterator<Path> names() throws IOException {
    checkStillReal();
    stream = Files.newDirectoryStream(path);
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
      Files.delete(entry(name));
    }
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    try (Turnstile _ = Turnstile.pass()) {
      Files.delete(entry(name));
    }
  }

  @Override
  public void move(Path name, Folder target, Path targetName) throws IOException {
    if (!(target instanceof NamedFolder named)) {
      throw new UnsupportedOperationException("two kinds of folder in one tree");
    }
    try (Turnstile _ = Turnstile.pass()) {
      Files.move(entry(name), named.entry(targetName), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void setLastModified(Path name, FileTime time) throws IOException {
    Files.getFileAttributeView(entry(name), BasicFileAttributeView.class, NO_FOLLOW)
        .setTimes(time, null, null);
  }

  @Override
  public void setPermissions(Path name, Set<PosixFilePermission> permissions) throws IOException {
    Files.setPosixFilePermissions(entry(name), permissions);
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }

  private Path entry(Path name) throws IOException {
    checkStillReal();
    return path.resolve(name);
  }

  private void checkStillReal() throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new ChangedException();
    }
  }
}
