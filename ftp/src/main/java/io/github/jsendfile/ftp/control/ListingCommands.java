package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.data.LinesCargo;
import io.github.jsendfile.ftp.listing.Entries;
import io.github.jsendfile.ftp.listing.FactLine;
import io.github.jsendfile.ftp.listing.PermFacts;
import io.github.jsendfile.ftp.listing.UnixLine;
import io.github.jsendfile.ftp.listing.Wildcard;
import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.session.TransferName;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.ftp.wire.Reply;
import io.github.jsendfile.server.files.DirectoryEntry;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Lists: LIST, NLST, MLSD over a data connection; MLST and STAT as replies.
final class ListingCommands {
  /// What clients that think of `ls` put in front of a path.
  private static final Pattern LS_OPTIONS = Pattern.compile("^(-[A-Za-z0-9]+( +|$))+");

  private ListingCommands() {}

  static void list(Session session, String argument) throws IOException {
    String path = LS_OPTIONS.matcher(argument).replaceFirst("");
    send(session, Verb.LIST, path, unixLines());
  }

  static void nlst(Session session, String argument) throws IOException {
    String path = LS_OPTIONS.matcher(argument).replaceFirst("");
    send(session, Verb.NLST, path, DirectoryEntry::name);
  }

  /// MLSD: of a directory only (RFC 3659 §7.2).
  static void mlsd(Session session, String argument) throws IOException {
    session.require(Right.LIST);
    TreePath path = session.path(argument);
    if (!session.account().files().facts(path).isDirectory()) {
      throw new RefusedException(501, "No such directory.");
    }
    FactLine line = factLine(session);
    Entries entries = Entries.of(session.account().files().list(path));
    begin(session, Verb.MLSD, path, entries, entry -> line.of(entry.name(), entry.facts()));
  }

  /// MLST: with the full path, since TVFS holds (RFC 3659 §7.3).
  static void mlst(Session session, String argument) throws IOException {
    session.require(Right.LIST);
    TreePath path = session.path(argument);
    FileFacts facts = session.account().files().facts(path);
    String line = factLine(session).of(path.toString(), facts);
    session.reply(Reply.of(250, "Listing \"" + path + "\":", java.util.List.of(line), "End MLST."));
  }

  /// STAT with a path: what LIST shows, as a reply (RFC 959 §4.1.3).
  static void stat(Session session, String argument) throws IOException {
    session.require(Right.LIST);
    if (!session.settings().files().globbing() && Wildcard.isIn(argument)) {
      throw new RefusedException(550, "Globbing not supported.");
    }
    String name = LS_OPTIONS.matcher(argument).replaceFirst("");
    TreePath path = session.path(name);
    try (Entries entries = entries(session, name)) {
      Function<DirectoryEntry, String> line = unixLines();
      session.reply(
          213,
          "Status of \"" + path + "\":",
          () -> {
            DirectoryEntry entry = entries.next();
            return entry == null ? null : line.apply(entry);
          },
          "End of status.");
    }
  }

  private static void send(
      Session session, Verb verb, String argument, Function<DirectoryEntry, String> line)
      throws IOException {
    session.require(Right.LIST);
    begin(session, verb, session.path(argument), entries(session, argument), line);
  }

  /// A directory's entries, or a file alone, or, as an option, what a pattern matches.
  private static Entries entries(Session session, String argument) throws IOException {
    TreePath path = session.path(argument);
    if (session.settings().files().globbing() && Wildcard.isIn(path.name())) {
      Wildcard wildcard = Wildcard.of(path.name());
      return Entries.of(session.account().files().list(path.parent()))
          .where(entry -> wildcard.matches(entry.name()));
    }
    FileFacts facts = session.account().files().facts(path);
    return facts.isDirectory()
        ? Entries.of(session.account().files().list(path))
        : Entries.of(new DirectoryEntry(path.name(), facts, DirectoryEntry.NameKind.DECODED));
  }

  private static void begin(
      Session session,
      Verb verb,
      TreePath path,
      Entries entries,
      Function<DirectoryEntry, String> line)
      throws IOException {
    LinesCargo cargo =
        new LinesCargo(new EntryLines(entries, line), session.sender(), session.delivery());
    session.begin(new TransferName(verb.word(), TransferName.Content.LIST, path), cargo);
  }

  private static Function<DirectoryEntry, String> unixLines() {
    UnixLine line = new UnixLine(Instant.now());
    return entry -> line.of(entry.name(), entry.facts());
  }

  private static FactLine factLine(Session session) {
    return new FactLine(session.parameters().facts(), PermFacts.of(session.account()));
  }
}
