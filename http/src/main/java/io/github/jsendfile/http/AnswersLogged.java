package io.github.jsendfile.http;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.http.connection.AnswerLog;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.server.AccessEntry;
import io.github.jsendfile.server.AccessLog;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Puts answers into the access log.
final class AnswersLogged implements AnswerLog {
  private final @Nullable AccessLog log;

  /// Logs to `log`, or nowhere if that is null.
  AnswersLogged(@Nullable AccessLog log) {
    this.log = log;
  }

  @Override
  public void answered(
      Exchange exchange,
      int status,
      long bodyBytes,
      Mechanism mechanism,
      long nanos,
      Outcome outcome) {
    if (log == null) {
      return;
    }
    RequestHead head = exchange.head();
    Duration elapsed = Duration.ofNanos(nanos);
    log.log(
        new AccessEntry(
            Instant.now().minus(elapsed),
            exchange.client().remote().getAddress(),
            exchange.user(),
            head.method(),
            head.target().raw(),
            "HTTP/1." + head.minorVersion(),
            status,
            bodyBytes,
            0,
            elapsed,
            bodyBytes > 0 ? mechanism : null,
            head.fields().value(HttpHeader.REFERER),
            head.fields().value(HttpHeader.USER_AGENT),
            failure(outcome)));
  }

  private static @Nullable String failure(Outcome outcome) {
    return switch (outcome) {
      case COMPLETE -> null;
      case BROKEN -> "broken off";
      case STALLED -> "stalled";
    };
  }

  @Override
  public void refused(InetSocketAddress remote, int status, long bodyBytes) {
    if (log != null) {
      log.log(
          new AccessEntry(
              Instant.now(),
              remote.getAddress(),
              null,
              "-",
              "-",
              "HTTP",
              status,
              bodyBytes,
              0,
              Duration.ZERO,
              null,
              null,
              null,
              null));
    }
  }
}
