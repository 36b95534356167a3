package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.data.Cargo;
import io.github.jsendfile.ftp.data.FileCargo;
import io.github.jsendfile.ftp.data.StoredFile;
import io.github.jsendfile.ftp.data.UploadCargo;
import io.github.jsendfile.ftp.session.Parameters;
import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.session.TransferName;
import io.github.jsendfile.ftp.session.TransferName.Content;
import io.github.jsendfile.ftp.wire.FileReplies;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.NewFile;
import io.github.jsendfile.server.files.OpenFile;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// Files sent and received.
final class TransferCommands {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int UNIQUE_BYTES = 6;

  private TransferCommands() {}

  static void retr(Session session, String argument) throws IOException {
    session.require(Right.RETRIEVE);
    long offset = session.parameters().takeRestart();
    TreePath path = session.path(argument);
    OpenFile file = session.account().files().open(path);
    if (offset > file.facts().size()) {
      file.close();
      throw beyondEnd(offset, file.facts().size());
    }
    boolean ascii = session.parameters().type() == Parameters.Type.ASCII;
    Cargo cargo = new FileCargo(file, offset, ascii, session.sender(), session.delivery());
    session.begin(name(Verb.RETR, Content.FILE_OUT, path), cargo);
  }

  /// STOR: under a temporary name, until all of it is there; after REST, in place.
  static void stor(Session session, String argument) throws IOException {
    session.require(Right.STORE);
    long offset = session.parameters().takeRestart();
    TreePath path = session.path(argument);
    FileTree files = session.account().files();
    refuseDirectory(files, path);
    StoredFile stored =
        offset == 0
            ? whole(session, files.create(path), Existing.REPLACE)
            : resumed(files, path, offset);
    store(session, Verb.STOR, path, stored);
  }

  /// APPE: in place; of a broken one what has arrived stays, as after REST. To a new file, as STOR.
  static void appe(Session session, String argument) throws IOException {
    session.require(Right.APPEND);
    refuseRestart(session, Verb.APPE);
    TreePath path = session.path(argument);
    FileTree files = session.account().files();
    refuseDirectory(files, path);
    boolean isNew = facts(files, path).isEmpty();
    store(
        session,
        Verb.APPE,
        path,
        isNew ? whole(session, files.createFirst(path), Existing.KEEP) : end(files, path));
  }

  /// STOU: the reply names the file (RFC 1123 §4.1.2.9).
  static void stou(Session session, String argument) throws IOException {
    refuseRestart(session, Verb.STOU);
    session.require(Right.STORE);
    FileTree files = session.account().files();
    TreePath path;
    NewFile file;
    try {
      TreePath prefix = session.path(argument.isEmpty() ? "ftpd" : argument);
      path = unused(files, prefix.isRoot() ? prefix.child("ftpd") : prefix);
      file = files.create(path);
    } catch (FileSystemException e) {
      throw new RefusedException(450, FileReplies.of(e).text()); // 550 is no reply to STOU
    }
    Cargo cargo = cargo(session, StoredFile.whole(file, Existing.KEEP, false));
    session.begin(name(Verb.STOU, Content.FILE_IN, path), cargo, "FILE: " + path.name());
  }

  /// ABOR: the reply of the transfer comes first (RFC 959 §5.4).
  static void abor(Session session, String argument) throws IOException {
    if (session.abortTransfer()) {
      session.route().close(); // its data connection, if it had not taken that yet
      session.reply(226, "ABOR command successful.");
    } else if (session.route().isListening() || session.route().isConnected()) {
      session.route().close();
      session.reply(225, "ABOR command successful; data channel closed.");
    } else {
      session.reply(225, "No transfer to abort.");
    }
  }

  private static StoredFile end(FileTree files, TreePath path) throws IOException {
    OpenFile file = files.openForWriting(path);
    return StoredFile.inPlace(file, file.channel().size());
  }

  private static StoredFile whole(Session session, NewFile file, Existing existing) {
    return StoredFile.whole(file, existing, session.settings().files().keepPartial());
  }

  private static StoredFile resumed(FileTree files, TreePath path, long offset) throws IOException {
    if (facts(files, path).isEmpty()) {
      throw new NoSuchFileException(path.toString());
    }
    OpenFile file = files.openForWriting(path);
    long size = file.channel().size();
    if (offset > size) {
      file.close();
      throw beyondEnd(offset, size);
    }
    return StoredFile.inPlace(file, offset);
  }

  private static void store(Session session, Verb verb, TreePath path, StoredFile stored)
      throws IOException {
    session.begin(name(verb, Content.FILE_IN, path), cargo(session, stored));
  }

  private static TransferName name(Verb verb, Content content, TreePath path) {
    return new TransferName(verb.word(), content, path);
  }

  private static Cargo cargo(Session session, StoredFile stored) {
    boolean ascii = session.parameters().type() == Parameters.Type.ASCII;
    return new UploadCargo(
        stored, ascii, session.parameters().takeAllocation(), session.receiver());
  }

  private static RefusedException beyondEnd(long offset, long size) {
    return new RefusedException(554, "REST position (" + offset + ") > file size (" + size + ")");
  }

  private static void refuseRestart(Session session, Verb verb) throws RefusedException {
    if (session.parameters().isRestartPending()) {
      throw new RefusedException(450, "Can't " + verb.word() + " while REST request is pending.");
    }
  }

  private static void refuseDirectory(FileTree files, TreePath path) throws IOException {
    if (facts(files, path).map(FileFacts::isDirectory).orElse(false)) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
  }

  private static TreePath unused(FileTree files, TreePath prefix) throws IOException {
    while (true) {
      byte[] random = new byte[UNIQUE_BYTES];
      RANDOM.nextBytes(random);
      String name = prefix.name() + "." + HexFormat.of().formatHex(random);
      TreePath path = prefix.parent().child(name);
      if (facts(files, path).isEmpty()) {
        return path;
      }
    }
  }

  private static Optional<FileFacts> facts(FileTree files, TreePath path) throws IOException {
    try {
      return Optional.of(files.facts(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
