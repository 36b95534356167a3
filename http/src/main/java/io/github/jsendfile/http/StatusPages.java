package io.github.jsendfile.http;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.message.Method;
import io.github.jsendfile.http.message.RequestPath;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.server.log.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/// Answers one path with what the server tells about itself, before others are asked.
final class StatusPages implements Service {
  private static final ResponseFields NOT_KEPT =
      ResponseFields.builder().add("Cache-Control", "no-store").build();

  private final String path;
  private final Supplier<Answer> page;
  private final Service next;

  private StatusPages(String path, Supplier<Answer> page, Service next) {
    this.path = path;
    this.page = page;
    this.next = next;
  }

  /// That the server is there.
  static Service health(String path, Service next) {
    return new StatusPages(path, () -> Answer.ofText(200, "ok\n"), next);
  }

  /// What the server counts.
  static Service metrics(String path, Metrics metrics, Service next) {
    Supplier<Answer> page =
        () ->
            Answer.of(200, Metrics.CONTENT_TYPE, metrics.scrape().getBytes(StandardCharsets.UTF_8));
    return new StatusPages(path, page, next);
  }

  /// A path as an option.
  ///
  /// @throws IllegalArgumentException if it is none
  static String check(String option, String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          option + " is \"" + path + "\"; it must begin with a slash");
    }
    return path;
  }

  @Override
  public Optional<Answer> answer(Exchange exchange) throws IOException {
    Method method = Method.of(exchange.head().method());
    return (method == Method.GET || method == Method.HEAD) && isHere(exchange)
        ? Optional.of(page.get().with(NOT_KEPT))
        : next.answer(exchange);
  }

  private boolean isHere(Exchange exchange) {
    RequestPath asked = RequestPath.decode(exchange.head().target().path());
    return asked != null
        && path.equals("/" + String.join("/", asked.names()) + (asked.endsWithSlash() ? "/" : ""));
  }
}
