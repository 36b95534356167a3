package io.github.jsendfile.http.plan;

import java.time.Instant;

/// One coding of a file: the facts that a plan needs.
///
/// @param coding how its bytes are coded
/// @param size in bytes
/// @param lastModified as precisely as the file system tells
public record Variant(ContentCoding coding, long size, Instant lastModified) {
  /// The file itself.
  public static Variant plain(long size, Instant lastModified) {
    return new Variant(ContentCoding.IDENTITY, size, lastModified);
  }
}
