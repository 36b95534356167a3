package io.github.jsendfile.http.connection;

import io.github.jsendfile.FileTruncatedException;
import io.github.jsendfile.PeerStalledException;
import io.github.jsendfile.http.connection.AnswerLog.Outcome;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.http.exchange.Client;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.ResponseHead.Persistence;
import io.github.jsendfile.http.message.Violation;
import io.github.jsendfile.server.listener.Connection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;

/// One connection of a client: requests are read and answered one after the other, on the virtual
/// thread that runs this.
final class HttpConnection {
  private static final System.Logger LOG = System.getLogger(HttpConnection.class.getPackageName());

  private final Connection connection;
  private final HttpConnections server;
  private final Client client;
  private final Inbox inbox;
  private final Outbox outbox;

  HttpConnection(Connection connection, HttpConnections server, Inbox inbox, Outbox outbox) {
    this.connection = connection;
    this.server = server;
    this.client = new Client(connection.remote(), connection.local());
    this.inbox = inbox;
    this.outbox = outbox;
  }

  /// Serves until one of both sides has enough.
  void serve() throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      goesOn =
          switch (inbox.readHead()) {
            case HEAD -> answer(inbox.reader().head());
            case REFUSED -> refuse(inbox.reader().violation());
            default -> leave();
          };
    }
  }

  /// No request has come. Half of one that is too slow is told so.
  private boolean leave() throws IOException {
    if (!inbox.isTooLate()) {
      return false;
    }
    server.log().timedOut(inbox.isWaitingForNext() ? "idle" : "head");
    return !inbox.reader().isIdle() && refuse(Violation.HEAD_TOO_SLOW);
  }

  private boolean refuse(Violation violation) throws IOException {
    Answer answer = server.errors().of(violation.status(), null);
    outbox.sendBlind(answer);
    server.log().refused(client.remote(), answer.status(), outbox.bodyBytes());
    Farewell.of(connection, server.deadlines()).say();
    return false;
  }

  private boolean answer(RequestHead head) throws IOException {
    long startedAt = System.nanoTime();
    inbox.deadline().clear();
    IncomingBody body = new IncomingBody(inbox, head);
    Exchange exchange = new Exchange(head, body, client);
    Answer answer = decide(exchange);
    Persistence persistence = persistence(head, answer, body);
    send(exchange, answer, persistence, startedAt);
    if (persistence == Persistence.CLOSE || !pass(body)) {
      endOrderly(body);
      return false;
    }
    inbox.reader().next();
    return true;
  }

  /// Whatever goes wrong while an answer is made becomes one.
  @SuppressWarnings("CatchingUnchecked") // a defect becomes a 500, not the end of the connection
  private Answer decide(Exchange exchange) {
    try {
      return server.service().answer(exchange).orElseGet(() -> error(Failures.NOT_FOUND, exchange));
    } catch (BodyException e) {
      LOG.log(Level.DEBUG, "body of {0}: {1}", client.remote(), e.getMessage());
      noteIfTooSlow(e);
      return error(e.status(), exchange).last();
    } catch (IOException | RuntimeException e) {
      int status = Failures.status(e);
      if (Failures.isOurs(status)) {
        String asked = exchange.head().method() + " " + exchange.head().target().path();
        LOG.log(Level.WARNING, asked + " is answered " + status + ": " + e.getMessage(), e);
      }
      return error(status, exchange);
    }
  }

  private void noteIfTooSlow(BodyException failure) {
    if (failure.status() == BodyException.TOO_SLOW) {
      server.log().timedOut("body");
    }
  }

  private Answer error(int status, Exchange exchange) {
    return server.errors().of(status, exchange.head());
  }

  private Persistence persistence(RequestHead head, Answer answer, IncomingBody body) {
    boolean keeps =
        head.keepsAlive()
            && !answer.isLast()
            && body.canBePassed()
            && !connection.isDraining()
            && !endsWithConnection(head, answer.body());
    if (!keeps) {
      return Persistence.CLOSE;
    }
    return head.minorVersion() == 0 ? Persistence.KEEP_1_0 : Persistence.KEEP;
  }

  /// HTTP/1.0 knows no chunks.
  private static boolean endsWithConnection(RequestHead head, AnswerBody body) {
    return head.minorVersion() == 0 && body.length() == AnswerBody.UNKNOWN;
  }

  private void send(Exchange exchange, Answer answer, Persistence persistence, long startedAt)
      throws IOException {
    Outcome outcome = Outcome.BROKEN;
    try (AnswerBody _ = answer.body()) {
      outbox.sendsFor(exchange.user());
      outbox.send(answer, exchange.head(), persistence);
      outcome = Outcome.COMPLETE;
    } catch (IOException | RuntimeException e) {
      if (e instanceof PeerStalledException || inbox.isTooLate()) {
        outcome = Outcome.STALLED;
        server.log().timedOut("stall");
      }
      cut(exchange, e);
      throw e;
    } finally {
      long nanos = System.nanoTime() - startedAt;
      server
          .log()
          .answered(
              exchange, answer.status(), outbox.bodyBytes(), outbox.mechanism(), nanos, outcome);
    }
  }

  /// A part of an answer must not look like the whole.
  private void cut(Exchange exchange, Exception failure) {
    boolean isOurs =
        failure instanceof FileTruncatedException
            || failure instanceof FileSystemException
            || failure instanceof RuntimeException;
    LOG.log(
        isOurs ? Level.WARNING : Level.DEBUG,
        "{0}: {1} {2} broke off after {3} bytes: {4}",
        client.remote().getAddress().getHostAddress(),
        exchange.head().method(),
        exchange.head().target().path(),
        Long.toString(outbox.bodyBytes()),
        failure.getMessage());
    connection.abort();
  }

  private boolean pass(IncomingBody body) {
    try {
      return body.pass();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "body of {0}: {1}", client.remote(), e.getMessage());
      return false;
    }
  }

  /// A client that is still sending would lose the answer in a reset.
  private void endOrderly(IncomingBody body) {
    if (!body.hasEnded()) {
      Farewell.of(connection, server.deadlines()).say();
    }
  }
}
