package io.github.jsendfile.ftp.control;

/// When a verb is carried out while a transfer is running.
enum Turn {
  /// Meanwhile: it does not touch the data connection, or it is about the running transfer.
  AT_ONCE,
  /// Afterwards: it is about the next data connection. A client that has all its bytes may ask
  /// for the next before our 226 has gone out.
  AFTER_TRANSFER
}
