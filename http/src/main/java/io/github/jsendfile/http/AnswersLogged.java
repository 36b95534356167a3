package io.github.jsendfile.http;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.http.connection.AnswerLog;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.RequestBody;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.server.ServerOptions;
import io.github.jsendfile.server.log.AccessEntry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Puts answers into the access log and the metrics.
final class AnswersLogged implements AnswerLog {
  private final @Nullable Consumer<AccessEntry> log;
  private final Consumer<String> timeouts;

  AnswersLogged(ServerOptions options) {
    this.log = options.answers();
    this.timeouts = options.timeouts();
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
    RequestBody body = exchange.body();
    Duration elapsed = Duration.ofNanos(nanos);
    log.accept(
        new AccessEntry(
            Instant.now().minus(elapsed),
            exchange.client().remote().getAddress(),
            exchange.user(),
            head.method(),
            head.target().raw(),
            "HTTP/1." + head.minorVersion(),
            status,
            bodyBytes,
            body.received(),
            elapsed,
            bodyBytes > 0 ? mechanism : body.received() > 0 ? body.mechanism() : null,
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
      log.accept(
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

  @Override
  public void timedOut(String limit) {
    timeouts.accept(limit);
  }
}
