package io.github.jsendfile.server;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Permissions as the nine bits that protocols write.
final class Modes {
  private Modes() {}

  /// `OWNER_READ` is declared first and is the highest bit, and so on down.
  @SuppressWarnings("EnumOrdinal") // the order is the modes' own
  static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (PosixFilePermission permission : permissions) {
      bits |= 0400 >> permission.ordinal();
    }
    return bits;
  }

  /// The permissions that nine bits stand for.
  static Set<PosixFilePermission> permissions(int bits) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((bits & bits(Set.of(permission))) != 0) {
        permissions.add(permission);
      }
    }
    return permissions;
  }
}
