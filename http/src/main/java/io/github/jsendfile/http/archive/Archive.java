package io.github.jsendfile.http.archive;

import io.github.jsendfile.http.exchange.AnswerSink;
import java.io.IOException;

/// Members put together into one file, whose length is known before the first byte.
interface Archive {
  /// Of the whole, in bytes.
  long length();

  /// Writes the whole.
  ///
  /// @throws IOException if a member is no longer what the length was reckoned from: the archive
  ///     cannot be what was promised, so the connection is to be cut
  void writeTo(AnswerSink sink) throws IOException;
}
