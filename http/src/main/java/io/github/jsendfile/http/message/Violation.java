package io.github.jsendfile.http.message;

/// What can be wrong with a message, and how it is answered. The connection closes after each of
/// them: nobody knows where the next request would begin.
public enum Violation {
  /// The grammar is broken, or there is a shape that smuggles requests: both Content-Length and
  /// Transfer-Encoding, two lengths, a line that ends with a bare LF, a space before a colon, a
  /// folded line (RFC 9112, 2.2, 3, 5 and 6.3); or Host is missing or there twice (3.2).
  MALFORMED(400, "The request is not valid HTTP."),

  /// The target has none of the forms that its method allows (RFC 9112, 3.2).
  BAD_TARGET(400, "The request's target is not valid."),

  /// HTTP/1.0 knows no Transfer-Encoding: whoever sends both is confused or attacks (RFC 9112,
  /// 6.1).
  TRANSFER_ENCODING_IN_1_0(400, "Transfer-Encoding needs HTTP/1.1."),

  /// The head is not complete in time.
  HEAD_TOO_SLOW(408, "The request did not arrive in time."),

  /// The body is longer than somebody wants to have it.
  BODY_TOO_LONG(413, "The request's body is too long."),

  /// The target is longer than the limit.
  TARGET_TOO_LONG(414, "The request's target is too long."),

  /// Something is expected that is not `100-continue` (RFC 9110, 10.1.1).
  UNKNOWN_EXPECTATION(417, "What the request expects is not known here."),

  /// First line and fields together are longer than the limit.
  HEAD_TOO_LONG(431, "The request's fields are too long."),

  /// A transfer coding other than `chunked` (RFC 9112, 6.1).
  UNKNOWN_TRANSFER_CODING(501, "This transfer coding is not known here."),

  /// A version other than HTTP/1.0 and HTTP/1.1.
  UNKNOWN_VERSION(505, "This version of HTTP is not spoken here.");

  private final int status;
  private final String reason;

  Violation(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /// The status of the answer.
  public int status() {
    return status;
  }

  /// One sentence for the person at the other end.
  public String reason() {
    return reason;
  }
}
