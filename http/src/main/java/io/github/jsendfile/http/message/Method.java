package io.github.jsendfile.http.message;

import org.jspecify.annotations.Nullable;

/// The methods that are known, whether they are allowed or not. Others get a 501.
public enum Method {
  /// RFC 9110, 9.3.1.
  GET(Use.READING),
  /// RFC 9110, 9.3.2.
  HEAD(Use.READING),
  /// RFC 9110, 9.3.7.
  OPTIONS(Use.READING),
  /// RFC 9110, 9.3.4: an upload of one file.
  PUT(Use.WRITING),
  /// RFC 9110, 9.3.3: a form with files.
  POST(Use.WRITING),
  /// RFC 9110, 9.3.5.
  DELETE(Use.WRITING),
  /// RFC 4918, 9.3: a new directory.
  MKCOL(Use.WRITING),
  /// RFC 5789.
  PATCH(Use.NONE),
  /// RFC 9110, 9.3.8.
  TRACE(Use.NONE),
  /// RFC 9110, 9.3.6.
  CONNECT(Use.NONE),
  /// RFC 4918, 9.1.
  PROPFIND(Use.NONE),
  /// RFC 4918, 9.2.
  PROPPATCH(Use.NONE),
  /// RFC 4918, 9.8.
  COPY(Use.NONE),
  /// RFC 4918, 9.9.
  MOVE(Use.NONE),
  /// RFC 4918, 9.10.
  LOCK(Use.NONE),
  /// RFC 4918, 9.11.
  UNLOCK(Use.NONE);

  /// What a method is for here.
  private enum Use {
    READING,
    WRITING,
    NONE
  }

  private final Use use;

  Method(Use use) {
    this.use = use;
  }

  /// The method of a name, which is case-sensitive.
  ///
  /// @return null if it is not known
  public static @Nullable Method of(String name) {
    return switch (name) {
      case "GET" -> GET;
      case "HEAD" -> HEAD;
      default -> search(name);
    };
  }

  /// Does it need no more than that files may be read?
  public boolean reads() {
    return use == Use.READING;
  }

  /// Does it need that uploads are switched on?
  public boolean writes() {
    return use == Use.WRITING;
  }

  private static @Nullable Method search(String name) {
    for (Method method : values()) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    return null;
  }
}
