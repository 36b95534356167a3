package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.message.Method;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.http.plan.MethodRules;
import java.util.Arrays;
import java.util.stream.Collectors;

/// How requests that write are answered.
final class Status {
  static final int CREATED = 201;
  static final int ACCEPTED = 202;
  static final int NO_CONTENT = 204;
  static final int SEE_OTHER = 303;
  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int REQUEST_TIMEOUT = 408;
  static final int CONFLICT = 409;
  static final int PRECONDITION_FAILED = 412;
  static final int CONTENT_TOO_LARGE = 413;
  static final int UNSUPPORTED_MEDIA_TYPE = 415;
  static final int MISDIRECTED_REQUEST = 421;
  static final int INSUFFICIENT_STORAGE = 507;

  private Status() {}

  static Answer of(int status) {
    return Answer.of(status, ResponseFields.NONE);
  }

  static Answer of(int status, String field, String value) {
    return Answer.of(status, ResponseFields.builder().add(field, value).build());
  }

  /// How much of an upload is there, to go on behind it.
  static Answer withOffset(int status, long bytes) {
    ResponseFields fields =
        ResponseFields.builder()
            .add("Upload-Offset", Long.toString(bytes))
            .add("Cache-Control", "no-store")
            .build();
    return Answer.of(status, fields);
  }

  /// What is there does not know the method, though the server does.
  static Answer notAllowed(Method method) {
    String others =
        Arrays.stream(Method.values())
            .filter(MethodRules.WITH_UPLOADS::allows)
            .filter(other -> other != method)
            .map(Method::name)
            .collect(Collectors.joining(", "));
    return of(METHOD_NOT_ALLOWED, "Allow", others);
  }
}
