package io.github.jsendfile.http.connection;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.message.RequestLimits;
import io.github.jsendfile.http.message.RequestReader;
import io.github.jsendfile.http.message.ResponseHead;
import io.github.jsendfile.server.listener.Connection;
import io.github.jsendfile.server.listener.ConnectionHandler;
import io.github.jsendfile.server.listener.Deadlines;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/// Serves every connection of a server. For any number of threads.
public final class HttpConnections implements ConnectionHandler {
  private final Service service;
  private final ErrorAnswers errors;
  private final AnswerLog log;
  private final ResponseHead heads;
  private final SendingLimits sending;
  private final TimeLimits limits;
  private final Deadlines deadlines;
  private final AtomicInteger open = new AtomicInteger();

  /// Puts a server's parts together.
  public HttpConnections(
      Service service,
      ErrorAnswers errors,
      AnswerLog log,
      ResponseHead heads,
      SendingLimits sending,
      TimeLimits limits,
      Deadlines deadlines) {
    this.service = requireNonNull(service, "service");
    this.errors = requireNonNull(errors, "errors");
    this.log = requireNonNull(log, "log");
    this.heads = requireNonNull(heads, "heads");
    this.sending = requireNonNull(sending, "sending");
    this.limits = requireNonNull(limits, "limits");
    this.deadlines = requireNonNull(deadlines, "deadlines");
  }

  @Override
  public void handle(Connection connection) throws IOException {
    int count = open.incrementAndGet();
    RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
    try (Inbox inbox = new Inbox(connection, reader, limits, deadlines)) {
      SendingLimits bounds = sending.ofConnection(count);
      Outbox outbox = new Outbox(connection.channel(), heads, bounds, inbox);
      new HttpConnection(connection, this, inbox, outbox).serve();
    } finally {
      open.decrementAndGet();
    }
  }

  Service service() {
    return service;
  }

  ErrorAnswers errors() {
    return errors;
  }

  AnswerLog log() {
    return log;
  }

  Deadlines deadlines() {
    return deadlines;
  }
}
