package io.github.jsendfile.ftp.listing;

import io.github.jsendfile.server.path.FileFacts;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One file as `ls -l` shows it, which clients parse (FT-26). Times are in UTC, as MDTM's are.
public final class UnixLine {
  private static final DateTimeFormatter RECENT =
      DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter OLD =
      DateTimeFormatter.ofPattern("MMM dd  uuuu", Locale.ROOT);
  private static final long RECENT_SECONDS = 180L * 24 * 60 * 60;
  private static final String LETTERS = "rwxrwxrwx";

  private final Instant now;
  private final StringBuilder line = new StringBuilder(128);

  /// @param now decides whether a time shows its year
  public UnixLine(Instant now) {
    this.now = now;
  }

  /// The line.
  public String of(String name, FileFacts facts) {
    line.setLength(0);
    line.append(kind(facts));
    appendMode(facts.mode());
    line.append("   1 ");
    appendPadded(facts.owner().orElse("owner"));
    appendPadded(facts.group().orElse("group"));
    String size = Long.toString(facts.size());
    line.repeat(' ', Math.max(0, 12 - size.length())).append(size).append(' ');
    line.append(time(facts.lastModified())).append(' ').append(OneLine.of(name));
    return line.toString();
  }

  private static char kind(FileFacts facts) {
    return switch (facts.kind()) {
      case DIRECTORY -> 'd';
      case REGULAR -> '-';
      case LINK -> 'l';
      case OTHER -> 's';
    };
  }

  private void appendMode(int mode) {
    for (int bit = 0; bit < LETTERS.length(); bit++) {
      line.append((mode & 0400 >> bit) != 0 ? LETTERS.charAt(bit) : '-');
    }
  }

  /// A column of eight; a name with a space in it would be taken for two columns.
  private void appendPadded(String owner) {
    String word = OneLine.of(owner).replace(' ', '_');
    line.append(word).repeat(' ', Math.max(0, 8 - word.length())).append(' ');
  }

  private String time(Instant moment) {
    long age = now.getEpochSecond() - moment.getEpochSecond();
    boolean recent = age < RECENT_SECONDS && age > -24 * 60 * 60;
    return (recent ? RECENT : OLD).format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
  }
}
