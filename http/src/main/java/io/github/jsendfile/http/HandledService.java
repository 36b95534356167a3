package io.github.jsendfile.http;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.http.plan.MethodRules;
import io.github.jsendfile.http.plan.Plan;
import io.github.jsendfile.http.upload.UploadService;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks the program's handler, then what takes uploads, then the files.
final class HandledService implements Service {
  private final @Nullable HttpHandler handler;
  private final @Nullable UploadService uploads;
  private final HomeServices homes;

  HandledService(
      @Nullable HttpHandler handler, @Nullable UploadService uploads, HomeServices homes) {
    this.handler = handler;
    this.uploads = uploads;
    this.homes = homes;
  }

  @Override
  public Optional<Answer> answer(Exchange exchange) throws IOException {
    return handler == null ? fromFiles(exchange) : fromHandler(handler, exchange);
  }

  private Optional<Answer> fromFiles(Exchange exchange) throws IOException {
    MethodRules rules = uploads == null ? MethodRules.READ_ONLY : MethodRules.WITH_UPLOADS;
    Plan byMethod = rules.answer(exchange.head().method());
    if (byMethod != null) {
      return Optional.of(Answer.of(byMethod.status(), byMethod.fields()));
    }
    Optional<Answer> byUpload = uploads == null ? Optional.empty() : uploads.answer(exchange);
    return byUpload.isPresent() ? byUpload : homes.of(exchange).answer(exchange);
  }

  private Optional<Answer> fromHandler(HttpHandler handler, Exchange exchange) throws IOException {
    Reply reply = new Reply();
    handler.handle(new HandledRequest(exchange), reply);
    Reply.Decision decision = reply.decision();
    Optional<Answer> answer =
        decision == null ? fromFiles(exchange) : Optional.of(answer(exchange, decision));
    return answer.map(decided -> decided.with(fields(reply)));
  }

  private Answer answer(Exchange exchange, Reply.Decision decision) throws IOException {
    return switch (decision) {
      case Reply.Decision.TreeFile(String path) ->
          homes.whole().file(exchange.head(), TreePath.parse(path));
      case Reply.Decision.OwnFile(Path file) -> homes.whole().ownFile(exchange.head(), file);
      case Reply.Decision.Bytes(int status, ByteBuffer body) ->
          Answer.of(status, ResponseFields.NONE, new AnswerBody.Bytes(body));
    };
  }

  private static ResponseFields fields(Reply reply) {
    ResponseFields.Builder fields = ResponseFields.builder();
    reply.fields().forEach(field -> fields.add(field.name(), field.value()));
    return fields.build();
  }
}
