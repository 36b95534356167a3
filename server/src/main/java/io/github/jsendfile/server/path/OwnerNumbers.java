package io.github.jsendfile.server.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.OptionalInt;

/// The numbers of users and groups. The JDK's attribute `unix:uid` can be asked of a path only, and
/// not of a directory that is held open. Its principals hold the number and show it in one place
/// alone: their hash code. Whether they do is looked at once, beside that attribute.
final class OwnerNumbers {
  static final boolean KNOWN =
      agree(Path.of("/")) && agree(Path.of(System.getProperty("java.io.tmpdir")));

  private OwnerNumbers() {}

  static OptionalInt of(UserPrincipal owner) {
    return KNOWN ? OptionalInt.of(owner.hashCode()) : OptionalInt.empty();
  }

  private static boolean agree(Path path) {
    try {
      PosixFileAttributes facts = Files.readAttributes(path, PosixFileAttributes.class);
      return Files.getAttribute(path, "unix:uid").equals(facts.owner().hashCode())
          && Files.getAttribute(path, "unix:gid").equals(facts.group().hashCode());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
