package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.data.Transfer;
import io.github.jsendfile.ftp.listing.Fact;
import io.github.jsendfile.ftp.session.DigestAlgorithm;
import io.github.jsendfile.ftp.session.Parameters;
import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.ftp.wire.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What tells about the server and the session.
final class InformationCommands {
  private static final int HELP_COLUMNS = 8;

  /// RFC 1766 §2.
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

  private InformationCommands() {}

  static void noop(Session session, String argument) throws IOException {
    session.reply(200, "I successfully did nothing.");
  }

  /// SYST: what LIST shows has this form on every system.
  static void syst(Session session, String argument) throws IOException {
    session.reply(215, "UNIX Type: L8");
  }

  /// FEAT (RFC 2389 §3), from the table of verbs.
  static void feat(Session session, String argument) throws IOException {
    Stream<String> verbs =
        Stream.of(
                Verb.AVBL,
                Verb.CLNT,
                Verb.EPRT,
                Verb.EPSV,
                Verb.HOST,
                Verb.MDTM,
                Verb.MFMT,
                Verb.SIZE,
                Verb.XMD5,
                Verb.XSHA256)
            .map(Verb::word);
    Stream<String> others =
        Stream.of(
            DigestAlgorithm.feature(session.parameters().digest()),
            "MFF modify;unix.mode;",
            Fact.feature(session.parameters().facts()),
            "LANG EN*",
            "REST STREAM",
            "TVFS",
            "UTF8");
    List<String> features = Stream.concat(verbs, others).sorted().toList();
    session.reply(Reply.of(211, "Features supported:", features, "End FEAT."));
  }

  /// LANG (RFC 2640 §4). A region of English is English.
  static void lang(Session session, String argument) throws IOException {
    if (!argument.isEmpty() && !LANGUAGE.matcher(argument).matches()) {
      throw new RefusedException(501, "Invalid language tag.");
    }
    String language = argument.toLowerCase(Locale.ROOT);
    if (!language.isEmpty() && !language.equals("en") && !language.startsWith("en-")) {
      throw new RefusedException(504, "Replies are in English only.");
    }
    session.reply(200, "Replies are in English.");
  }

  static void help(Session session, String argument) throws IOException {
    if (!argument.isEmpty()) {
      Optional<Verb> verb = Verb.of(argument.toUpperCase(Locale.ROOT));
      session.reply(
          verb.map(found -> Reply.of(214, found.help()))
              .orElseGet(() -> Reply.of(501, "Unrecognized command.")));
      return;
    }
    List<Verb> verbs = Arrays.stream(Verb.values()).filter(verb -> !verb.isSite()).toList();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < verbs.size(); i += HELP_COLUMNS) {
      StringBuilder row = new StringBuilder();
      for (Verb verb : verbs.subList(i, Math.min(verbs.size(), i + HELP_COLUMNS))) {
        row.append(verb.word()).repeat(' ', 8 - verb.word().length());
      }
      rows.add(row.toString().stripTrailing());
    }
    session.reply(
        Reply.of(214, "The following commands are recognized:", rows, "Help command successful."));
  }

  /// STAT: about the session, or a list as a reply.
  static void stat(Session session, String argument) throws IOException {
    if (argument.isEmpty()) {
      session.reply(Reply.of(211, "FTP server status:", status(session), "End of status."));
    } else {
      ListingCommands.stat(session, argument);
    }
  }

  private static List<String> status(Session session) {
    List<String> lines = new ArrayList<>();
    lines.add("Connected to: " + session.localName());
    lines.add(loginStatus(session));
    boolean ascii = session.parameters().type() == Parameters.Type.ASCII;
    lines.add("TYPE: " + (ascii ? "ASCII" : "Binary") + "; STRUcture: File; MODE: Stream");
    Transfer transfer = session.runningTransfer();
    if (transfer != null) {
      lines.add("Data connection open:");
      lines.add("Total bytes transferred: " + transfer.bytes());
      lines.add("Transfer elapsed time: " + transfer.elapsed().toMillis() / 1000.0 + " secs");
    } else if (session.route().isConnected()) {
      lines.add("Data connection open.");
    } else if (session.route().isListening()) {
      lines.add("Passive data channel waiting for connection.");
    } else {
      lines.add("Data connection closed.");
    }
    return lines;
  }

  private static String loginStatus(Session session) {
    if (session.isLoggedIn()) {
      return "Logged in as: " + session.account().name();
    }
    return session.login().name().isEmpty() ? "Waiting for username." : "Waiting for password.";
  }
}
