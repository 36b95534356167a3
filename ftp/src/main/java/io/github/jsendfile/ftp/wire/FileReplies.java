package io.github.jsendfile.ftp.wire;

import io.github.jsendfile.server.files.Shortage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Locale;

/// What a client is told when a file cannot be used: the operating system's words where clients
/// know them, never a path of this machine.
public final class FileReplies {
  private static final int UNAVAILABLE = 550;
  private static final int NO_SPACE = 452;

  private FileReplies() {}

  public static Reply of(FileSystemException e) {
    String reason = reason(e);
    return Reply.of(isNoSpace(e) ? NO_SPACE : UNAVAILABLE, reason + ".");
  }

  /// Whether a disk or a quota is full.
  public static boolean isNoSpace(IOException e) {
    return Shortage.of(e).filter(shortage -> shortage != Shortage.DESCRIPTORS).isPresent();
  }

  private static String reason(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ -> "No such file or directory";
      case AccessDeniedException _ -> "Permission denied";
      case NotDirectoryException _ -> "Not a directory";
      case DirectoryNotEmptyException _ -> "Directory not empty";
      case FileAlreadyExistsException _ -> "File exists";
      case FileSystemLoopException _ -> "Too many levels of symbolic links";
      case NotLinkException _ -> "Not a symbolic link";
      default -> other(e);
    };
  }

  private static String other(FileSystemException e) {
    String reason = e.getReason();
    if (reason == null || reason.isEmpty()) {
      return "The file cannot be used";
    }
    return reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1);
  }
}
