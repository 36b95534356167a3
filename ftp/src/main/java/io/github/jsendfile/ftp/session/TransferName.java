package io.github.jsendfile.ftp.session;

import io.github.jsendfile.server.path.TreePath;

/// What a transfer is called in logs and events.
///
/// @param verb as it is typed
/// @param content which way what goes
/// @param path where the command has named it
public record TransferName(String verb, Content content, TreePath path) {
  /// What goes over the data connection.
  public enum Content {
    FILE_OUT,
    FILE_IN,
    LIST
  }
}
