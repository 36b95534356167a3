package io.github.jsendfile.ftp.listing;

import io.github.jsendfile.server.path.FileFacts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file as MLST and MLSD show it: `type=file;size=12; name` (RFC 3659 §7.2).
public final class FactLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
  private static final Pattern DEVICE_AND_INODE = Pattern.compile("\\(dev=(\\w+),ino=(\\d+)\\)");

  private final Set<Fact> shown;
  private final String filePermissions;
  private final String directoryPermissions;

  /// @param shown the facts to show
  /// @param permissions what the user may do at all, as RFC 3659's letters
  public FactLine(Set<Fact> shown, Permissions permissions) {
    this.shown = shown;
    this.filePermissions = permissions.ofFile();
    this.directoryPermissions = permissions.ofDirectory();
  }

  /// What a user may do with a file and with a directory, as the letters of RFC 3659 §7.5.5.
  public record Permissions(String ofFile, String ofDirectory) {}

  /// A moment as FTP writes it, in UTC.
  public static String time(Instant moment) {
    return TIME.format(moment);
  }

  /// The line.
  public String of(String name, FileFacts facts) {
    StringBuilder line = new StringBuilder();
    for (Fact fact : shown) {
      line.append(fact.word()).append('=').append(value(fact, facts)).append(';');
    }
    return line.append(' ').append(OneLine.of(name)).toString();
  }

  private String value(Fact fact, FileFacts facts) {
    return switch (fact) {
      case TYPE -> type(facts);
      case PERM -> facts.isDirectory() ? directoryPermissions : filePermissions;
      case SIZE -> Long.toString(facts.size());
      case MODIFY -> time(facts.lastModified());
      case UNIQUE -> unique(facts);
      case UNIX_MODE -> "0" + Integer.toOctalString(facts.mode());
      case UNIX_OWNER -> word(facts.owner().orElse("unknown"));
      case UNIX_GROUP -> word(facts.group().orElse("unknown"));
      case UNIX_UID -> number(facts.ownerNumber());
      case UNIX_GID -> number(facts.groupNumber());
    };
  }

  private static String type(FileFacts facts) {
    return switch (facts.kind()) {
      case DIRECTORY -> "dir";
      case REGULAR -> "file";
      case LINK -> "OS.unix=symlink";
      case OTHER -> "OS.unix=special";
    };
  }

  /// Device and inode in few characters; whatever else a platform has, as a number.
  private static String unique(FileFacts facts) {
    String key = facts.key().map(Object::toString).orElse("");
    Matcher matcher = DEVICE_AND_INODE.matcher(key);
    return matcher.matches()
        ? matcher.group(1) + "g" + Long.toHexString(Long.parseUnsignedLong(matcher.group(2)))
        : Integer.toHexString(key.hashCode());
  }

  private static String number(OptionalInt owner) {
    return owner.isPresent() ? Integer.toUnsignedString(owner.getAsInt()) : "unknown";
  }

  private static String word(String owner) {
    return OneLine.of(owner).replaceAll("[; =]", "_");
  }
}
