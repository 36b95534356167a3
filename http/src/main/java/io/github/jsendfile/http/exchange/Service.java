package io.github.jsendfile.http.exchange;

import java.io.IOException;
import java.util.Optional;

/// Decides what requests are answered. Touches no socket but to read a request's body. For any
/// number of threads, each virtual.
@FunctionalInterface
public interface Service {
  /// Answers a request, or leaves it to the next service.
  ///
  /// @throws BodyException if the request's body cannot be had
  /// @throws IOException for any other reason, which the client learns as a status: 404 for
  ///     [java.nio.file.NoSuchFileException], 403 for [java.nio.file.AccessDeniedException], 503
  ///     when descriptors have run out, 507 for a full disk, else 500
  Optional<Answer> answer(Exchange exchange) throws IOException;
}
