package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.listing.FactLine;
import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Facts of files, changed: MFMT and MFF (draft-somers-ftp-mfxx).
final class FactCommands {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);
  private static final String MODIFY = "modify";
  private static final String MODE = "unix.mode";

  private FactCommands() {}

  static void mfmt(Session session, String argument) throws IOException {
    Words words = Words.of(argument);
    session.require(Right.SET_TIME);
    TreePath path = session.path(words.rest());
    Instant time = time(words.first());
    FileCommands.retrievable(session, words.rest(), "");
    session.account().files().setLastModified(path, time);
    session.reply(213, "Modify=" + FactLine.time(time) + "; " + path + ".");
  }

  static void mff(Session session, String argument) throws IOException {
    Words words = Words.of(argument);
    Map<String, String> facts = facts(words.first());
    TreePath path = session.path(words.rest());
    Instant time = facts.containsKey(MODIFY) ? time(facts.get(MODIFY)) : null;
    int mode = facts.containsKey(MODE) ? SiteCommands.mode(facts.get(MODE)) : -1;
    if (time != null) {
      session.require(Right.SET_TIME);
    }
    if (mode >= 0) {
      session.require(Right.CHANGE_MODE);
      session.account().files().setPermissions(path, mode);
    }
    if (time != null) {
      session.account().files().setLastModified(path, time);
    }
    session.reply(213, words.first() + " " + path);
  }

  private static Map<String, String> facts(String list) throws RefusedException {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String fact : list.split(";", 0)) {
      String[] pair = fact.split("=", 2);
      String name = pair[0].toLowerCase(Locale.ROOT);
      if (pair.length < 2) {
        throw new RefusedException(501, "Facts are name=value;.");
      }
      if (!name.equals(MODIFY) && !name.equals(MODE)) {
        throw new RefusedException(504, "Fact " + pair[0] + " cannot be changed.");
      }
      facts.put(name, pair[1]);
    }
    return facts;
  }

  private static Instant time(String text) throws RefusedException {
    try {
      return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new RefusedException(501, "Invalid time format; expected: YYYYMMDDHHMMSS.");
    }
  }
}
