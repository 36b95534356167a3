package io.github.jsendfile.http.plan;

import io.github.jsendfile.http.message.Method;
import io.github.jsendfile.http.message.ResponseFields;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which methods are allowed, and what the others are answered (RFC 9110, 9.1, 15.5.6, 15.6.2).
/// Immutable.
public enum MethodRules {
  /// Files can be read.
  READ_ONLY(false),
  /// Files can be uploaded, deleted, put into new directories, too.
  WITH_UPLOADS(true);

  private final boolean writing;

  MethodRules(boolean writing) {
    this.writing = writing;
  }

  /// The answer to a request whose method alone decides it.
  ///
  /// @param method as it was sent
  /// @return 204 to OPTIONS, 405 to what is not allowed, both with `Allow`, 501 to what is not
  ///     known; null if the method is allowed and the file decides
  public @Nullable Plan answer(String method) {
    Method known = Method.of(method);
    if (known == null) {
      return Plan.of(501, ResponseFields.NONE);
    }
    if (known == Method.OPTIONS) {
      return Plan.of(204, allow());
    }
    return allows(known) ? null : Plan.of(405, allow());
  }

  /// Is the method allowed?
  public boolean allows(Method method) {
    return method.reads() || (writing && method.writes());
  }

  private ResponseFields allow() {
    String methods =
        Arrays.stream(Method.values())
            .filter(this::allows)
            .map(Method::name)
            .collect(Collectors.joining(", "));
    return ResponseFields.builder().add("Allow", methods).build();
  }
}
