package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.listing.FactLine;
import io.github.jsendfile.ftp.session.Parameters;
import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Files: asked about, deleted, renamed.
final class FileCommands {
  private FileCommands() {}

  /// SIZE (RFC 3659 §4). What TYPE A would send can only be told by reading all of it.
  static void size(Session session, String argument) throws IOException {
    session.require(Right.LIST);
    if (session.parameters().type() == Parameters.Type.ASCII) {
      throw new RefusedException(550, "SIZE not allowed in ASCII mode.");
    }
    session.reply(213, Long.toString(retrievable(session, argument, ".").size()));
  }

  /// MDTM (RFC 3659 §3).
  static void mdtm(Session session, String argument) throws IOException {
    session.require(Right.LIST);
    session.reply(213, FactLine.time(retrievable(session, argument, "").lastModified()));
  }

  /// The facts of a regular file.
  static FileFacts retrievable(Session session, String argument, String period) throws IOException {
    TreePath path = session.path(argument);
    try {
      FileFacts facts = session.account().files().facts(path);
      if (facts.isRegular()) {
        return facts;
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // said below, with its name
    }
    throw new RefusedException(550, path + " is not retrievable" + period);
  }

  static void dele(Session session, String argument) throws IOException {
    session.require(Right.DELETE);
    TreePath path = session.path(argument);
    if (path.isRoot() || leadsToDirectory(session, path)) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
    session.account().files().delete(path);
    session.reply(250, "File removed.");
  }

  /// A link that leads nowhere can be deleted.
  private static boolean leadsToDirectory(Session session, TreePath path) throws IOException {
    try {
      return isDirectory(session, path);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isDirectory(Session session, TreePath path) throws IOException {
    return session.account().files().facts(path).isDirectory();
  }

  static void rnfr(Session session, String argument) throws IOException {
    session.require(Right.RENAME);
    TreePath path = session.path(argument);
    if (path.isRoot()) {
      throw new RefusedException(550, "Can't rename home directory.");
    }
    session.account().files().facts(path);
    session.renameFrom(path);
    session.reply(350, "Ready for destination name.");
  }

  static void rnto(Session session, String argument) throws IOException {
    session.require(Right.RENAME);
    TreePath from =
        session
            .takeRenameFrom()
            .orElseThrow(
                () -> new RefusedException(503, "Bad sequence of commands: use RNFR first."));
    session.account().files().move(from, session.path(argument), Existing.REPLACE);
    session.reply(250, "Renaming ok.");
  }

  /// AVBL: how many bytes can be stored.
  static void avbl(Session session, String argument) throws IOException {
    session.require(Right.LIST);
    if (!argument.isEmpty() && !isDirectory(session, session.path(argument))) {
      throw new RefusedException(550, "Not a directory.");
    }
    session.reply(213, Long.toString(session.account().files().usableSpace()));
  }
}
