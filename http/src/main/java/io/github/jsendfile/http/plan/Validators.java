package io.github.jsendfile.http.plan;

/// What tells one version of a representation from another (RFC 9110, 8.8).
///
/// @param entityTag a strong one, with its quotes
/// @param lastModified seconds since 1970, never in the future
public record Validators(String entityTag, long lastModified) {
  /// Is the date a strong validator? (RFC 9110, 8.8.2.2)
  ///
  /// A file can change twice within the second that its date names. Once that second is over, no
  /// other version can get this date; and a client that keeps to the RFC presents it only if its
  /// own answer came at least a second after it.
  boolean isStrongDate(long now) {
    return now - lastModified >= 1;
  }
}
