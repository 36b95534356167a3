package io.github.jsendfile.http;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a handler answers. One of the `send` methods decides; without any, the server's files
/// answer. Nothing is written before the handler returns. Not thread-safe.
public final class Reply {
  /// What was decided.
  sealed interface Decision {
    /// A file of the tree, by its virtual path.
    record TreeFile(String path) implements Decision {}

    /// Any file of the machine, chosen by the program.
    record OwnFile(Path file) implements Decision {}

    /// Bytes.
    record Bytes(int status, ByteBuffer body) implements Decision {}
  }

  /// A field of the head.
  record Field(String name, String value) {}

  private final List<Field> fields = new ArrayList<>();
  private @Nullable Decision decision;

  Reply() {}

  /// Adds a field to the answer's head.
  ///
  /// @param name a token
  /// @param value text of one line
  /// @return this reply
  /// @throws IllegalArgumentException if name or value cannot stand in a head, or if the server
  ///     itself sees to the field: `Content-Length`, `Transfer-Encoding`, `Connection`, `Date`
  public Reply header(String name, String value) {
    fields.add(new Field(HeaderFields.checkName(name), HeaderFields.checkValue(name, value)));
    return this;
  }

  /// Sends a file of the server's tree as if its own path had been asked for: conditions, ranges
  /// and content coding of the request apply, and the bytes go by zero-copy.
  ///
  /// @param path decoded, from the root of the tree: `/films/one.mp4`
  public void send(String path) {
    decision = new Decision.TreeFile(requireNonNull(path, "path"));
  }

  /// Sends any file, inside the tree or not: the program has decided that this client may have it.
  /// Conditions and ranges of the request apply, and the bytes go by zero-copy.
  ///
  /// @param file a regular file
  public void send(Path file) {
    decision = new Decision.OwnFile(requireNonNull(file, "file"));
  }

  /// Sends bytes.
  ///
  /// @param status from 200 to 599
  /// @param mediaType what they are, for example `application/json`
  /// @param body the bytes; not copied
  public void send(int status, String mediaType, byte[] body) {
    requireNonNull(body, "body");
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status is " + status + "; it goes from 200 to 599");
    }
    header("Content-Type", mediaType);
    decision = new Decision.Bytes(status, ByteBuffer.wrap(body));
  }

  /// Sends text, as UTF-8.
  ///
  /// @param status from 200 to 599
  /// @param text the text
  public void send(int status, String text) {
    send(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  @Nullable Decision decision() {
    return decision;
  }

  List<Field> fields() {
    return fields;
  }
}
