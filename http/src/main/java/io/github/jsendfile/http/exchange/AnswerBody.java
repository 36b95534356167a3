package io.github.jsendfile.http.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// What follows the head of an answer.
public sealed interface AnswerBody extends AutoCloseable {
  /// The length of a body that only its end will tell.
  long UNKNOWN = -1;

  /// In bytes, or [#UNKNOWN].
  long length();

  /// Frees what it holds, sent or not.
  @Override
  default void close() throws IOException {}

  /// Nothing.
  record None() implements AnswerBody {
    @Override
    public long length() {
      return 0;
    }
  }

  /// A few bytes, which leave in one write with the head.
  ///
  /// @param bytes not changed: its positions neither
  record Bytes(ByteBuffer bytes) implements AnswerBody {
    @Override
    public long length() {
      return bytes.remaining();
    }
  }

  /// Buffers and parts of files in a row, which go by zero-copy.
  ///
  /// @param parts each a [ByteBuffer] or a [io.github.jsendfile.FileRegion]
  /// @param length of all parts together, in bytes
  /// @param resource what is closed when they are sent, or not to be sent
  record Parts(List<Object> parts, long length, Resource resource) implements AnswerBody {
    @Override
    public void close() throws IOException {
      resource.close();
    }
  }

  /// Written as it is made.
  ///
  /// @param length in bytes, or [#UNKNOWN]: then it goes in chunks
  /// @param writer makes it; called once at most
  /// @param resource what is closed when it is sent, or not to be sent
  record Written(long length, Writer writer, Resource resource) implements AnswerBody {
    /// One that holds nothing open.
    public Written(long length, Writer writer) {
      this(length, writer, () -> {});
    }

    @Override
    public void close() throws IOException {
      resource.close();
    }
  }

  /// Makes a body.
  interface Writer {
    /// Writes all of it.
    ///
    /// @throws IOException if it cannot be made or nobody takes it; the connection is then cut,
    ///     so that the client sees that something is missing
    void writeTo(AnswerSink sink) throws IOException;
  }

  /// Something to be closed.
  interface Resource {
    /// Frees it.
    void close() throws IOException;
  }
}
