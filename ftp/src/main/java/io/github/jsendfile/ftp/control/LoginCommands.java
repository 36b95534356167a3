package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import java.io.IOException;
import java.util.regex.Pattern;

/// Who is there: USER, PASS, REIN, QUIT, HOST.
final class LoginCommands {
  private static final Pattern HOST = Pattern.compile("[\\w.-]+|\\[[\\p{XDigit}:.]+]");

  private LoginCommands() {}

  /// USER. Any name is asked for its password, so that nobody learns which exist (RFC 2577 §7).
  static void user(Session session, String argument) throws IOException {
    if (session.isLoggedIn()) {
      session.logOut();
      session.login().name(argument);
      session.reply(331, "Previous account information was flushed, send password.");
    } else {
      session.login().name(argument);
      session.reply(331, "Username ok, send password.");
    }
  }

  /// PASS.
  static void pass(Session session, String argument) throws IOException {
    if (session.isLoggedIn()) {
      throw new RefusedException(503, "User already authenticated.");
    }
    if (session.login().name().isEmpty()) {
      throw new RefusedException(503, "Login with USER first.");
    }
    session.login().attempt(session, argument);
  }

  /// REIN: 230, since clients take 220 for a greeting.
  static void rein(Session session, String argument) throws IOException {
    session.logOut();
    session.reply(230, "Ready for new user.");
  }

  /// QUIT: a running transfer still ends, and its reply comes, before the connection closes.
  static void quit(Session session, String argument) throws IOException {
    session.reply(221, "Goodbye.");
    session.quit();
  }

  /// HOST (RFC 7151): this server has one, whatever it is called.
  static void host(Session session, String argument) throws IOException {
    if (session.isLoggedIn()) {
      throw new RefusedException(503, "HOST must come before login.");
    }
    if (!HOST.matcher(argument).matches()) {
      throw new RefusedException(501, "HOST takes a name or an address.");
    }
    session.reply(220, "Host accepted.");
  }
}
