package io.github.jsendfile.http.message;

import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// What a request says before its body. Immutable; made by [RequestReader], which has checked it.
///
/// @param method as it was sent; methods are case-sensitive
/// @param target where it goes
/// @param minorVersion 0 or 1, of HTTP/1
/// @param fields all fields
/// @param bodyLength in bytes, 0 if there is no body, [#CHUNKED] if only the end will tell
public record RequestHead(
    String method, RequestTarget target, int minorVersion, RequestFields fields, long bodyLength) {
  /// The length of a body that is sent in chunks.
  public static final long CHUNKED = -1;

  /// Is it a GET?
  public boolean isGet() {
    return method.equals("GET");
  }

  /// Is it a HEAD?
  public boolean isHead() {
    return method.equals("HEAD");
  }

  /// Does a body follow?
  public boolean hasBody() {
    return bodyLength != 0;
  }

  /// Does the body come in chunks?
  public boolean isChunked() {
    return bodyLength == CHUNKED;
  }

  /// Does the client wait for `100 Continue` before it sends the body? (RFC 9110, 10.1.1: what
  /// HTTP/1.0 expects is ignored, and without a body there is nothing to wait for.)
  public boolean expectsContinue() {
    return minorVersion > 0 && hasBody() && fields.has(HttpHeader.EXPECT);
  }

  /// Does the client let the connection live on behind the response? (RFC 9112, 9.3)
  public boolean keepsAlive() {
    if (!fields.has(HttpHeader.CONNECTION)) {
      return minorVersion > 0;
    }
    return !fields.contains(HttpHeader.CONNECTION, "close")
        && (minorVersion > 0 || fields.contains(HttpHeader.CONNECTION, "keep-alive"));
  }

  /// The host that the client means: of the target, else of the Host field.
  ///
  /// @return host and port as they were sent, or null where HTTP/1.0 tells none
  public @Nullable String authority() {
    return target.authority() != null ? target.authority() : fields.value(HttpHeader.HOST);
  }

  /// The request line, for a log: as it was sent.
  public String requestLine() {
    return method + " " + target.raw() + " HTTP/1." + minorVersion;
  }
}
