package io.github.jsendfile.http.plan;

import java.util.List;

/// How a file's bytes are coded, best first: a neighbour whose name has a suffix more is sent
/// instead of the file itself (`x.js.br` for `x.js`).
public enum ContentCoding {
  /// Brotli (RFC 7932).
  BROTLI("br", ".br"),
  /// Zstandard (RFC 8878).
  ZSTANDARD("zstd", ".zst"),
  /// Gzip (RFC 1952).
  GZIP("gzip", ".gz"),
  /// The file as it is.
  IDENTITY("identity", "");

  /// What neighbours' names have behind the file's.
  public static final List<String> SUFFIXES = List.of(BROTLI.suffix, ZSTANDARD.suffix, GZIP.suffix);

  private final String token;
  private final String suffix;

  ContentCoding(String token, String suffix) {
    this.token = token;
    this.suffix = suffix;
  }

  /// Its name in `Content-Encoding` and `Accept-Encoding`.
  public String token() {
    return token;
  }

  /// What the neighbour's name has behind the file's; empty for the file itself.
  public String suffix() {
    return suffix;
  }
}
