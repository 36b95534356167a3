package io.github.jsendfile.server.files;

import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Failures as the tree's users see them: of the same kind, and with the path that they asked for
/// instead of a path of the machine. Without the cause, whose message has that path.
final class VirtualFailures {
  private VirtualFailures() {}

  static IOException of(IOException failure, TreePath path) {
    String text = path.toString();
    return switch (failure) {
      case NoSuchFileException _, FileSystemLoopException _ -> new NoSuchFileException(text);
      case NotDirectoryException _ -> new NotDirectoryException(text);
      case AccessDeniedException denied ->
          new AccessDeniedException(text, null, denied.getReason());
      case FileAlreadyExistsException _ -> new FileAlreadyExistsException(text);
      case DirectoryNotEmptyException _ -> new DirectoryNotEmptyException(text);
      case AtomicMoveNotSupportedException _ ->
          new FileSystemException(text, null, "the other name is on another file system");
      case FileSystemException other -> new FileSystemException(text, null, other.getReason());
      default -> new FileSystemException(text, null, failure.getMessage());
    };
  }
}
