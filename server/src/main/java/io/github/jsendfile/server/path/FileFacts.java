package io.github.jsendfile.server.path;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the file system says about one file, at one moment. Immutable.
public final class FileFacts {
  /// What it is.
  public enum Kind {
    /// A file with bytes at positions.
    REGULAR,
    /// A directory.
    DIRECTORY,
    /// A symbolic link that the tree does not follow: out of the root, or to nothing.
    LINK,
    /// A FIFO, a socket, a device.
    OTHER
  }

  private final Kind kind;
  private final long size;
  private final Instant lastModified;
  private final @Nullable Object key;
  private final @Nullable PosixFileAttributes posix;

  private FileFacts(
      Kind kind,
      long size,
      Instant lastModified,
      @Nullable Object key,
      @Nullable PosixFileAttributes posix) {
    this.kind = kind;
    this.size = size;
    this.lastModified = lastModified;
    this.key = key;
    this.posix = posix;
  }

  /// Facts about a regular file that is nowhere, for who plans without a disk.
  ///
  /// @param size in bytes
  /// @param lastModified when it was written
  /// @return the facts; owner, group and permissions are unknown
  public static FileFacts regular(long size, Instant lastModified) {
    return new FileFacts(Kind.REGULAR, size, lastModified, null, null);
  }

  /// Facts about a directory that is nowhere, for who plans without a disk.
  ///
  /// @param lastModified when an entry was added or removed
  /// @return the facts; owner, group and permissions are unknown
  public static FileFacts directory(Instant lastModified) {
    return new FileFacts(Kind.DIRECTORY, 0, lastModified, null, null);
  }

  /// What the machine says of a file.
  ///
  /// @param attributes as they were read
  /// @return the facts; owner, group and permissions are known if the attributes are POSIX's
  public static FileFacts of(BasicFileAttributes attributes) {
    return new FileFacts(
        kind(attributes),
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        attributes.fileKey(),
        attributes instanceof PosixFileAttributes posix ? posix : null);
  }

  /// Of a file that is there and tells nothing.
  ///
  /// @return the facts, of kind [Kind#OTHER]
  public static FileFacts unknown() {
    return new FileFacts(Kind.OTHER, 0, Instant.EPOCH, null, null);
  }

  /// What it is.
  ///
  /// @return its kind
  public Kind kind() {
    return kind;
  }

  /// Whether it is a regular file.
  ///
  /// @return true if so
  public boolean isRegular() {
    return kind == Kind.REGULAR;
  }

  /// Whether it is a directory.
  ///
  /// @return true if so
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /// How long it is.
  ///
  /// @return bytes; of anything but a regular file whatever the file system says
  public long size() {
    return size;
  }

  /// When its content last changed.
  ///
  /// @return the moment, in nanoseconds where the file system has them
  public Instant lastModified() {
    return lastModified;
  }

  /// What tells this file from every other of the machine while it exists: device and inode.
  ///
  /// @return something with `equals`, or empty where the platform has no such thing
  public Optional<Object> key() {
    return Optional.ofNullable(key);
  }

  /// Who may do what.
  ///
  /// @return the permissions, or empty where the file system has none of this kind
  public Optional<Set<PosixFilePermission>> permissions() {
    return Optional.ofNullable(posix).map(PosixFileAttributes::permissions);
  }

  /// The low nine bits of the mode, `0644`.
  ///
  /// @return the bits; without permissions, those of a file or directory that all may read
  public int mode() {
    return permissions().map(Modes::bits).orElse(isDirectory() ? 0755 : 0644);
  }

  /// Whose it is. The machine's user list is asked at each call.
  ///
  /// @return the user's name, or the number when it has none, or empty where unknown
  public Optional<String> owner() {
    return Optional.ofNullable(posix).map(attributes -> attributes.owner().getName());
  }

  /// Whose group's it is. The machine's group list is asked at each call.
  ///
  /// @return the group's name, or the number when it has none, or empty where unknown
  public Optional<String> group() {
    return Optional.ofNullable(posix).map(attributes -> attributes.group().getName());
  }

  /// Whether owners have numbers that can be told.
  ///
  /// @return true on most machines with POSIX permissions
  public static boolean knowsOwnerNumbers() {
    return OwnerNumbers.KNOWN;
  }

  /// Whose it is, as a number without a sign.
  ///
  /// @return the `uid`, or empty where it cannot be told
  public OptionalInt ownerNumber() {
    return posix == null ? OptionalInt.empty() : OwnerNumbers.of(posix.owner());
  }

  /// Whose group's it is, as a number without a sign.
  ///
  /// @return the `gid`, or empty where it cannot be told
  public OptionalInt groupNumber() {
    return posix == null ? OptionalInt.empty() : OwnerNumbers.of(posix.group());
  }

  /// Whether these and others are facts about one file that was not written in between, as far as
  /// can be told: same key, size and time.
  ///
  /// @param other facts of another moment
  /// @return true if nothing tells them apart
  public boolean isSameContent(FileFacts other) {
    return isSameFile(other) && hasContentOf(other);
  }

  /// Whether these are facts about one file, written or not. Without keys, its content decides.
  ///
  /// @param other other facts
  /// @return true if nothing tells the files apart
  public boolean isSameFile(FileFacts other) {
    if (kind != other.kind || !Objects.equals(key, other.key)) {
      return false;
    }
    return key != null || hasContentOf(other);
  }

  private boolean hasContentOf(FileFacts other) {
    return size == other.size && lastModified.equals(other.lastModified);
  }

  @Override
  public String toString() {
    return kind + ", " + size + " bytes, " + lastModified;
  }

  private static Kind kind(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return Kind.REGULAR;
    }
    if (attributes.isDirectory()) {
      return Kind.DIRECTORY;
    }
    return attributes.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
  }
}
