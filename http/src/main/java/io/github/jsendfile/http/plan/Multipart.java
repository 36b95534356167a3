package io.github.jsendfile.http.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The text of a `multipart/byteranges` body (RFC 9110, 14.6).
///
/// @param boundary what separates the parts; occurs in none of them
/// @param mediaType of each part
record Multipart(String boundary, String mediaType) {
  /// Before the first part too: zsync waits for that empty line, which RFC 2046, 5.1.1 leaves free,
  /// and asks for ever without it.
  private static final String SEPARATOR = "\r\n--";

  /// Puts the text around the parts.
  ///
  /// @param contentRange the value of the field `Content-Range` of a part
  List<Piece> around(List<Piece.FilePart> parts, Function<Piece.FilePart, String> contentRange) {
    List<Piece> pieces = new ArrayList<>(2 * parts.size() + 1);
    for (Piece.FilePart part : parts) {
      pieces.add(text(SEPARATOR + boundary + "\r\n" + head(contentRange.apply(part))));
      pieces.add(part);
    }
    pieces.add(text(SEPARATOR + boundary + "--\r\n"));
    return pieces;
  }

  private String head(String contentRange) {
    return "Content-Type: " + mediaType + "\r\nContent-Range: " + contentRange + "\r\n\r\n";
  }

  private static Piece text(String text) {
    return new Piece.Text(text.getBytes(StandardCharsets.US_ASCII));
  }
}
