package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.session.Session;
import java.io.IOException;

/// What a verb does.
@FunctionalInterface
interface Command {
  /// Carries it out and replies.
  ///
  /// @param argument all behind the verb's one space, perhaps empty
  /// @throws java.nio.file.FileSystemException if a file cannot be used; [FileReplies] says it
  /// @throws IOException if the control connection fails
  void run(Session session, String argument) throws IOException;
}
