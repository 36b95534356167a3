package io.github.jsendfile.http.exchange;

import io.github.jsendfile.Mechanism;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The body of a request. A client that waits for `100 Continue` is told with the first read, so
/// whoever refuses a body does so before. What nobody reads is thrown away, up to a bound.
public interface RequestBody {
  /// How long it is as a whole.
  ///
  /// @return bytes; 0 without a body, [RequestHead#CHUNKED] if only its end will tell
  long length();

  /// How many bytes of it have come so far.
  long received();

  /// How the last ones came.
  Mechanism mechanism();

  /// Reads the next bytes, waiting for them.
  ///
  /// @param into room for one at least
  /// @return how many, or -1 at the end of the body
  /// @throws BodyException if it breaks off, comes too slowly or is malformed
  int read(ByteBuffer into) throws IOException;

  /// Moves what is left of it into a file, inside the kernel where that is possible: a body in
  /// chunks is copied.
  ///
  /// @param file open for writing
  /// @param position where the first byte goes
  /// @param mostBytes how many at most; one more makes it fail
  /// @return how many bytes were written
  /// @throws BodyException as [#read]; what was received before is in the file
  /// @throws IOException if the file cannot be written
  long receive(FileChannel file, long position, long mostBytes) throws IOException;
}
