package io.github.jsendfile.http.message;

/// How long a request's head may be.
///
/// @param targetBytes the longest target
/// @param headBytes the longest head: first line and fields; of chunked bodies also their trailer
public record RequestLimits(int targetBytes, int headBytes) {
  /// 8 KiB and 32 KiB. RFC 9112, 3 asks for 8,000 bytes of request line at least.
  public static final RequestLimits DEFAULT = new RequestLimits(8 << 10, 32 << 10);

  /// Checks that both are positive.
  public RequestLimits {
    if (targetBytes < 1 || headBytes < 1) {
      throw new IllegalArgumentException(
          "limits are at least 1: targetBytes " + targetBytes + ", headBytes " + headBytes);
    }
  }
}
