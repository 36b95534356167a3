package io.github.jsendfile.server.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the machine has run out of, told from a failure. The JDK hands on only the text of the C
/// library, so that is what is looked at; the command's scripts set a locale whose texts are these.
public enum Shortage {
  /// No space left on the file system: `ENOSPC`.
  DISK("No space left on device"),
  /// The user's share of the file system is used up: `EDQUOT`.
  QUOTA("Disk quota exceeded"),
  /// The process, or the machine, has as many files and sockets open as it may: `EMFILE`, `ENFILE`.
  DESCRIPTORS("Too many open files");

  private final String text;

  Shortage(String text) {
    this.text = text;
  }

  /// What a failure says is short.
  ///
  /// @param failure of an operation with a file or a socket
  /// @return what, or empty if it failed for another reason
  public static Optional<Shortage> of(IOException failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String reason =
          cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
      for (Shortage shortage : values()) {
        if (reason != null && reason.contains(shortage.text)) {
          return Optional.of(shortage);
        }
      }
    }
    return Optional.empty();
  }
}
