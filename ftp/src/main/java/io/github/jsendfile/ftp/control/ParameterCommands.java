package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.listing.Fact;
import io.github.jsendfile.ftp.session.Parameters;
import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What sets the parameters of later commands.
final class ParameterCommands {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");

  private ParameterCommands() {}

  /// TYPE (RFC 959 §3.1.1).
  static void type(Session session, String argument) throws IOException {
    switch (argument.toUpperCase(Locale.ROOT).replace(" ", "")) {
      case "A", "AN", "L7" -> {
        session.parameters().type(Parameters.Type.ASCII);
        session.reply(200, "Type set to: ASCII.");
      }
      case "I", "L8" -> {
        session.parameters().type(Parameters.Type.BINARY);
        session.reply(200, "Type set to: Binary.");
      }
      default -> session.reply(504, "Unsupported type \"" + argument + "\".");
    }
  }

  /// STRU (RFC 959 §3.1.2). Of what is not a file of bytes this server has none.
  static void stru(Session session, String argument) throws IOException {
    switch (argument.toUpperCase(Locale.ROOT)) {
      case "F" -> session.reply(200, "File transfer structure set to: F.");
      case "R", "P" -> session.reply(504, "Unimplemented STRU type.");
      default -> session.reply(501, "Unrecognized STRU type.");
    }
  }

  /// MODE (RFC 959 §3.4).
  static void mode(Session session, String argument) throws IOException {
    switch (argument.toUpperCase(Locale.ROOT)) {
      case "S" -> session.reply(200, "Transfer mode set to: S");
      case "B", "C", "Z" -> session.reply(504, "Unimplemented MODE type.");
      default -> session.reply(501, "Unrecognized MODE type.");
    }
  }

  /// REST (RFC 3659 §5).
  static void rest(Session session, String argument) throws IOException {
    if (session.parameters().type() == Parameters.Type.ASCII) {
      throw new RefusedException(501, "Resuming transfers not allowed in ASCII mode.");
    }
    long offset =
        count(argument).orElseThrow(() -> new RefusedException(501, "Invalid parameter."));
    session.parameters().restart(offset);
    session.reply(350, "Restarting at position " + offset + ".");
  }

  /// ALLO (RFC 959 §4.1.3). Nothing is set aside; but an upload that turns out shorter has been
  /// broken off, and one for which there is no room need not begin.
  static void allo(Session session, String argument) throws IOException {
    long bytes =
        count(argument.split(" ", 2)[0])
            .orElseThrow(() -> new RefusedException(501, "Invalid parameter."));
    if (bytes > session.account().files().usableSpace()) {
      throw new RefusedException(552, "Not enough space for " + bytes + " bytes.");
    }
    session.parameters().allocation(bytes);
    session.reply(202, "No storage allocation necessary.");
  }

  /// CLNT: a habit of clients, worth a line of the log.
  static void clnt(Session session, String argument) throws IOException {
    session.reply(200, "Noted.");
  }

  /// OPTS (RFC 2389 §4).
  static void opts(Session session, String argument) throws IOException {
    String[] words = argument.split(" ", -1);
    switch (words[0].toUpperCase(Locale.ROOT)) {
      case "MLST" -> optsMlst(session, words);
      case "UTF8", "UTF-8" -> optsUtf8(session, words);
      case "HASH" -> DigestCommands.opts(session, words.length > 1 ? words[1] : "");
      default -> {
        if (!session.isLoggedIn()) {
          throw new RefusedException(530, Session.LOG_IN_FIRST);
        }
        throw new RefusedException(501, "Unsupported command \"" + words[0] + "\".");
      }
    }
  }

  /// Chooses facts (RFC 3659 §7.9); unknown ones are passed over.
  private static void optsMlst(Session session, String[] words) throws IOException {
    if (words.length > 2) {
      throw new RefusedException(501, "Invalid number of arguments.");
    }
    String list = words.length > 1 ? words[1] : "";
    if (words.length > 1 && !list.contains(";")) {
      throw new RefusedException(501, "Invalid argument.");
    }
    Set<Fact> shown = new LinkedHashSet<>();
    Arrays.stream(list.split(";", 0)).map(Fact::of).flatMap(Optional::stream).forEach(shown::add);
    session.parameters().facts(shown);
    session.reply(
        200,
        "MLST OPTS " + shown.stream().map(fact -> fact.word() + ";").collect(Collectors.joining()));
  }

  private static void optsUtf8(Session session, String[] words) throws IOException {
    String state = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "ON";
    if (state.equals("ON") || state.equals("NLST")) {
      session.reply(200, "UTF8 is always on.");
    } else {
      session.reply(504, "UTF8 is always on.");
    }
  }

  /// A count of bytes up to 2^63-1, which is as far as files go.
  private static Optional<Long> count(String argument) {
    if (!DIGITS.matcher(argument).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(argument));
    } catch (NumberFormatException e) {
      return Optional.empty(); // 19 digits, and more than 2^63-1
    }
  }
}
