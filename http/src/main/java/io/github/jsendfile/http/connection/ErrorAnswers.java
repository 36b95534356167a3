package io.github.jsendfile.http.connection;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.message.RequestHead;
import org.jspecify.annotations.Nullable;

/// Makes the answer for a status of 400 or more, in a form the client reads.
@FunctionalInterface
public interface ErrorAnswers {
  /// Makes it.
  ///
  /// @param status 400 or more
  /// @param request what failed, null if it could not be read
  Answer of(int status, @Nullable RequestHead request);
}
