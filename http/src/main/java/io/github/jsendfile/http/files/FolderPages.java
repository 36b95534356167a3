package io.github.jsendfile.http.files;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.util.Optional;

/// Answers for directories that have no index.
@FunctionalInterface
public interface FolderPages {
  /// For servers that do not show what they have.
  FolderPages NONE = (_, _) -> Optional.empty();

  /// Shows a directory.
  ///
  /// @throws IOException as [io.github.jsendfile.server.files.FileTree#list]
  Optional<Answer> answer(Exchange exchange, TreePath folder) throws IOException;
}
