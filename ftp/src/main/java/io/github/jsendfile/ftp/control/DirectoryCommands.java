package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.nio.file.NotDirectoryException;

/// Where a session is, and directories made and removed.
final class DirectoryCommands {
  private DirectoryCommands() {}

  /// CWD; without a name, to the top.
  static void cwd(Session session, String argument) throws IOException {
    enter(session, session.path(argument.isEmpty() ? "/" : argument));
  }

  static void cdup(Session session, String argument) throws IOException {
    enter(session, session.path(".."));
  }

  private static void enter(Session session, TreePath path) throws IOException {
    session.require(Right.CHANGE_DIRECTORY);
    FileFacts facts = session.account().files().facts(path);
    if (facts.kind() != FileFacts.Kind.DIRECTORY) {
      throw new NotDirectoryException(path.toString());
    }
    session.directory(path);
    session.reply(250, quoted(path) + " is the current directory.");
  }

  static void pwd(Session session, String argument) throws IOException {
    session.reply(257, quoted(session.directory()) + " is the current directory.");
  }

  static void mkd(Session session, String argument) throws IOException {
    session.require(Right.MAKE_DIRECTORY);
    TreePath path = session.path(argument);
    session.account().files().createDirectory(path);
    session.reply(257, quoted(path) + " directory created.");
  }

  static void rmd(Session session, String argument) throws IOException {
    session.require(Right.DELETE);
    TreePath path = session.path(argument);
    if (path.isRoot()) {
      throw new RefusedException(550, "Can't remove root directory.");
    }
    FileFacts facts = session.account().files().facts(path);
    if (facts.kind() != FileFacts.Kind.DIRECTORY) {
      throw new NotDirectoryException(path.toString());
    }
    session.account().files().delete(path);
    session.reply(250, "Directory removed.");
  }

  /// A path as 257 shows it: quotes in names are doubled (RFC 959 appendix II).
  static String quoted(TreePath path) {
    return '"' + path.toString().replace("\"", "\"\"") + '"';
  }
}
