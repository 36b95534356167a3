package io.github.jsendfile.http.connection;

import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.http.exchange.DeniedException;
import io.github.jsendfile.server.files.Shortage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Which status a failure becomes: the one place where exceptions turn into answers. Their texts
/// stay here.
final class Failures {
  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int INTERNAL_ERROR = 500;
  static final int UNAVAILABLE = 503;
  static final int INSUFFICIENT_STORAGE = 507;

  private Failures() {}

  static int status(Exception failure) {
    return switch (failure) {
      case BodyException body -> body.status();
      case NoSuchFileException _, NotDirectoryException _ -> NOT_FOUND;
      case AccessDeniedException _, DeniedException _ -> FORBIDDEN;
      case InvalidPathException _ -> NOT_FOUND;
      case IOException io -> ofMachine(io);
      default -> INTERNAL_ERROR;
    };
  }

  private static int ofMachine(IOException failure) {
    return Shortage.of(failure).map(Failures::status).orElse(INTERNAL_ERROR);
  }

  private static int status(Shortage shortage) {
    return switch (shortage) {
      case DISK, QUOTA -> INSUFFICIENT_STORAGE;
      case DESCRIPTORS -> UNAVAILABLE;
    };
  }

  /// Is it a fault of this machine, or of this program, which somebody has to see?
  static boolean isOurs(int status) {
    return status == INTERNAL_ERROR || status == UNAVAILABLE || status == INSUFFICIENT_STORAGE;
  }
}
