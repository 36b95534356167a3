package io.github.jsendfile.http.login;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A name and a password, as the field `Authorization` has them (RFC 7617).
///
/// @param name without a colon
/// @param password perhaps empty
record BasicCredentials(String name, String password) {
  private static final String SCHEME = "Basic ";

  /// Reads them.
  ///
  /// @param field the field's value
  /// @return empty if it is of another scheme, or malformed
  static Optional<BasicCredentials> parse(String field) {
    if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(field.substring(SCHEME.length()).strip());
      String both = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int colon = both.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new BasicCredentials(both.substring(0, colon), both.substring(colon + 1)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// Without the password.
  @Override
  public String toString() {
    return name;
  }
}
