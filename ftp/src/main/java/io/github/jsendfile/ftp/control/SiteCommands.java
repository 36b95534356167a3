package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.ftp.wire.Reply;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The server's own verbs.
final class SiteCommands {
  private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");
  private static final int MODE_BITS = 0777;

  private SiteCommands() {}

  static void unknown(Session session, String argument) throws IOException {
    session.reply(500, "Command \"SITE " + argument + "\" not understood.");
  }

  static void chmod(Session session, String argument) throws IOException {
    Words words = Words.of(argument);
    session.require(Right.CHANGE_MODE);
    int mode = mode(words.first());
    TreePath path = session.path(words.rest());
    session.account().files().setPermissions(path, mode);
    session.reply(200, "SITE CHMOD successful.");
  }

  /// Three or four octal digits; set-user-ID and the like are not for clients to set.
  static int mode(String digits) throws RefusedException {
    int mode = MODE.matcher(digits).matches() ? Integer.parseInt(digits, 8) : -1;
    if (mode < 0 || mode > MODE_BITS) {
      throw new RefusedException(501, "Invalid SITE CHMOD format.");
    }
    return mode;
  }

  static void help(Session session, String argument) throws IOException {
    if (argument.isEmpty()) {
      session.reply(
          Reply.of(
              214,
              "The following SITE commands are recognized:",
              Arrays.stream(Verb.values())
                  .filter(Verb::isSite)
                  .map(verb -> verb.word().substring("SITE ".length()))
                  .toList(),
              "Help SITE command successful."));
      return;
    }
    String word = argument.toUpperCase(Locale.ROOT);
    Optional<Verb> verb = Verb.of("SITE " + word).or(() -> Verb.of(word).filter(Verb::isSite));
    session.reply(
        verb.map(found -> Reply.of(214, found.help()))
            .orElseGet(() -> Reply.of(501, "Unrecognized SITE command.")));
  }
}
