package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.message.Method;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Makes folders, and deletes them and files.
final class Folders {
  private Folders() {}

  /// MKCOL.
  static Answer make(RequestHead head, FileTree tree, TreePath target) throws IOException {
    if (head.hasBody()) {
      return Status.of(Status.UNSUPPORTED_MEDIA_TYPE); // RFC 4918, 9.3
    }
    if (Conditions.factsIfThere(tree, target) != null) {
      return Status.notAllowed(Method.MKCOL);
    }
    try {
      tree.createDirectory(target);
      return Status.of(Status.CREATED);
    } catch (FileAlreadyExistsException e) {
      return Status.notAllowed(Method.MKCOL);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Status.of(noPlace(tree, target));
    }
  }

  /// DELETE, of a folder with everything in it.
  ///
  /// @return the status
  static int delete(FileTree tree, TreePath target) throws IOException {
    if (target.isRoot()) {
      return Status.FORBIDDEN;
    }
    try {
      tree.deleteAll(target);
      return Status.NO_CONTENT;
    } catch (DirectoryNotEmptyException e) {
      return Status.CONFLICT; // there are files in it that clients do not see
    }
  }

  /// Why nothing can be made there: no folder to put it in (RFC 4918, 9.7.1), or a name that
  /// clients cannot have.
  static int noPlace(FileTree tree, TreePath target) throws IOException {
    var parent = Conditions.factsIfThere(tree, target.parent());
    return parent != null && parent.isDirectory() ? Status.FORBIDDEN : Status.CONFLICT;
  }
}
