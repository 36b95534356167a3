package io.github.jsendfile.ftp.listing;

import io.github.jsendfile.server.path.FileFacts;
import java.nio.file.FileSystems;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The facts of MLST and MLSD (RFC 3659 §7.5), in the order in which FEAT and lists show them.
public enum Fact {
  TYPE,
  PERM,
  SIZE,
  MODIFY,
  UNIQUE,
  UNIX_MODE,
  UNIX_OWNER,
  UNIX_GROUP,
  UNIX_UID,
  UNIX_GID;

  /// Those this machine's files have.
  public static final Set<Fact> AVAILABLE =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? EnumSet.range(TYPE, FileFacts.knowsOwnerNumbers() ? UNIX_GID : UNIX_GROUP)
          : EnumSet.range(TYPE, MODIFY);

  /// Those a client gets that has not asked for others.
  public static final Set<Fact> SHOWN_FIRST =
      EnumSet.copyOf(AVAILABLE.stream().filter(fact -> fact.compareTo(UNIX_MODE) < 0).toList());

  /// Its name in lists; names are read without regard to case.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /// The fact of a name.
  public static Optional<Fact> of(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    return AVAILABLE.stream().filter(fact -> fact.word().equals(name)).findFirst();
  }

  /// The line of FEAT: all facts, those that are shown marked (RFC 3659 §7.8).
  public static String feature(Set<Fact> shown) {
    return AVAILABLE.stream()
        .map(fact -> fact.word() + (shown.contains(fact) ? "*;" : ";"))
        .collect(Collectors.joining("", "MLST ", ""));
  }
}
