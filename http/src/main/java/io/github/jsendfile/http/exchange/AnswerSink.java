package io.github.jsendfile.http.exchange;

import io.github.jsendfile.FileRegion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// Takes a body that is written as it is made.
public interface AnswerSink {
  /// Sends bytes, perhaps later, together with what follows.
  ///
  /// @param bytes used up when this returns
  void write(ByteBuffer bytes) throws IOException;

  /// Sends a part of a file by zero-copy, behind what was written before.
  ///
  /// @param region a part whose length is known
  /// @throws io.github.jsendfile.FileTruncatedException if the file has become shorter
  void send(FileRegion region) throws IOException;

  /// The same sink as a stream. Its `flush` and `close` do nothing: the answer's end is the
  /// body's.
  OutputStream stream();
}
