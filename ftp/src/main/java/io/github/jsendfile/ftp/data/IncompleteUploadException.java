package io.github.jsendfile.ftp.data;

import java.io.IOException;

/// Less has come than ALLO announced.
public final class IncompleteUploadException extends IOException {
  private static final long serialVersionUID = 1L;

  IncompleteUploadException(long received, long announced) {
    super("received " + received + " of " + announced + " announced bytes");
  }
}
