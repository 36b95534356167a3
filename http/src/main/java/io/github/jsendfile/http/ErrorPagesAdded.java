package io.github.jsendfile.http;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.Service;
import java.io.IOException;
import java.util.Optional;

/// Gives an error that comes without a page one.
final class ErrorPagesAdded implements Service {
  private static final int FIRST_ERROR = 400;

  private final Service next;

  ErrorPagesAdded(Service next) {
    this.next = next;
  }

  @Override
  public Optional<Answer> answer(Exchange exchange) throws IOException {
    return next.answer(exchange).map(answer -> withPage(answer, exchange));
  }

  private static Answer withPage(Answer answer, Exchange exchange) {
    if (answer.status() < FIRST_ERROR || !(answer.body() instanceof AnswerBody.None)) {
      return answer;
    }
    Answer page =
        ErrorAnswersFromPages.INSTANCE
            .of(answer.status(), exchange.head())
            .withMissing(answer.fields());
    return answer.isLast() ? page.last() : page;
  }
}
