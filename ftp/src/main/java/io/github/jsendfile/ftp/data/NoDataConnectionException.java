package io.github.jsendfile.ftp.data;

/// The client made no data connection, and none could be made to it.
public final class NoDataConnectionException extends Exception {
  private static final long serialVersionUID = 1L;
}
