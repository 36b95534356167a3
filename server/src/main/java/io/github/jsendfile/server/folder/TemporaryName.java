package io.github.jsendfile.server.folder;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// The hidden names of files that are still being written: `.NAME.jsendfile-TOKEN.part`. They
/// stay behind when a process is killed and can be told from everything else.
public final class TemporaryName {
  private static final String MARK = ".jsendfile-";
  private static final String END = ".part";
  private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  /// So that the longest name of a file still has one: 40 × 4 bytes + 80 < 255.
  private static final int KEPT_CODE_POINTS = 40;

  private TemporaryName() {}

  /// A new one at each call.
  public static String random(String name) {
    return of(name, HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  }

  public static String of(String name, String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "token is " + token + "; it must be 1 to 64 of 0-9 A-Z a-z _ -");
    }
    return "." + beginning(name) + MARK + token + END;
  }

  public static Path path(Path name, String token) {
    return name.getFileSystem().getPath(of(name.toString(), token));
  }

  public static boolean is(String name) {
    return name.startsWith(".") && name.endsWith(END) && name.contains(MARK);
  }

  private static String beginning(String name) {
    return name.codePointCount(0, name.length()) <= KEPT_CODE_POINTS
        ? name
        : name.substring(0, name.offsetByCodePoints(0, KEPT_CODE_POINTS));
  }
}
