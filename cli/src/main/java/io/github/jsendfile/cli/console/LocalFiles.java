package io.github.jsendfile.cli.console;

import io.github.jsendfile.server.users.Users;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// What is said about local files that cannot be had.
public final class LocalFiles {
  private LocalFiles() {}

  public static Path path(String file) throws CommandFailure {
    if (file.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "the file name is empty");
    }
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\""
              + file
              + "\" cannot be a file name here; with a UTF-8 locale, LC_ALL=C.UTF-8, it may",
          e);
    }
  }

  /// Where a file of this name may be written: the name itself, or what it links to.
  ///
  /// @throws IOException if it can be seen already that it cannot be written
  public static Path writable(Path file) throws IOException {
    boolean linked = Files.isSymbolicLink(file);
    if (linked && !Files.exists(file)) {
      throw refuse(file.toString(), "is a symbolic link to nothing");
    }
    Path target = linked ? file.toRealPath() : file;
    if (isThere(target)) {
      refuseUnlessRegular(target);
    }
    Path directory = directoryOf(target);
    if (!Files.isDirectory(directory)) {
      throw refuse(file.toString(), "there is no directory " + directory);
    }
    if (!Files.isWritable(directory)) {
      throw refuse(file.toString(), "no permission to write in the directory " + directory);
    }
    return target;
  }

  /// Asks so that a name which is too long, or behind a closed directory, is an error now.
  private static boolean isThere(Path file) throws IOException {
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void refuseUnlessRegular(Path file) throws CommandFailure {
    if (Files.isDirectory(file)) {
      throw refuse(file.toString(), "is a directory; name the file in it");
    }
    if (!Files.isRegularFile(file)) {
      throw refuse(file.toString(), "is not a regular file; receive to - and redirect");
    }
    if (!Files.isWritable(file)) {
      throw refuse(file.toString(), "permission denied");
    }
  }

  public static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /// The users of a file.
  ///
  /// @throws CommandFailure if it cannot be read, or if a line of it is wrong
  public static Users users(Path file) throws CommandFailure {
    try {
      return Users.read(file);
    } catch (FileSystemException e) {
      throw refuse(e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.LOCAL_FILE, Diagnosis.oneLine(e), e);
    }
  }

  public static CommandFailure refuse(String file, String reason) {
    return new CommandFailure(ExitCode.LOCAL_FILE, file + ": " + reason);
  }

  public static CommandFailure refuse(FileSystemException failure) {
    return new CommandFailure(ExitCode.LOCAL_FILE, describe(failure), failure);
  }

  public static String describe(FileSystemException failure) {
    String reason =
        switch (failure) {
          case NoSuchFileException _ -> "no such file or directory";
          case AccessDeniedException _ -> "permission denied";
          case NotDirectoryException _ -> "not a directory";
          case FileAlreadyExistsException _ -> "exists already; --force replaces it";
          default -> failure.getReason() == null ? "cannot be used" : failure.getReason();
        };
    return failure.getFile() + ": " + reason;
  }
}
