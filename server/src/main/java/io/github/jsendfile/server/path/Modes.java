package io.github.jsendfile.server.path;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Permissions as the nine bits that protocols write.
public final class Modes {
  private Modes() {}

  /// The bits of permissions: `OWNER_READ` is declared first and is the highest, and so on down.
  ///
  /// @param permissions any
  /// @return from 0 to 0777
  @SuppressWarnings("EnumOrdinal") // the order is the modes' own
  public static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (PosixFilePermission permission : permissions) {
      bits |= 0400 >> permission.ordinal();
    }
    return bits;
  }

  /// The permissions that nine bits stand for.
  ///
  /// @param bits of which the lowest nine count
  /// @return the permissions
  public static Set<PosixFilePermission> permissions(int bits) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((bits & bits(Set.of(permission))) != 0) {
        permissions.add(permission);
      }
    }
    return permissions;
  }
}
