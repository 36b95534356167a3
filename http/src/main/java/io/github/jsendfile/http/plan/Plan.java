package io.github.jsendfile.http.plan;

import io.github.jsendfile.http.message.ResponseFields;
import java.util.List;

/// A response that has been decided and only needs to be sent. Immutable.
///
/// A status of 400 or more comes without pieces: whoever sends it adds a page that explains it.
///
/// @param status of three digits
/// @param fields all but what every response has (`Date`, `Server`, `Connection`); where there
///     are pieces or there would be for GET, with `Content-Length`
/// @param pieces the body, in order; none for HEAD
/// @param coding which of the file's variants the pieces are of
public record Plan(int status, ResponseFields fields, List<Piece> pieces, ContentCoding coding) {
  /// Copies the list, unless it is one that cannot change.
  public Plan {
    pieces = List.copyOf(pieces);
  }

  /// A response without a body, or with one that is added later.
  static Plan of(int status, ResponseFields fields) {
    return new Plan(status, fields, List.of(), ContentCoding.IDENTITY);
  }

  /// Is there a page to be added?
  public boolean isError() {
    return status >= 400;
  }

  /// Of the pieces together, in bytes.
  public long bodyLength() {
    long length = 0;
    for (Piece piece : pieces) {
      length += piece.length();
    }
    return length;
  }
}
