package io.github.jsendfile.http;

import io.github.jsendfile.http.connection.ErrorAnswers;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.message.RequestFields;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.http.page.ErrorPages;
import io.github.jsendfile.http.page.PageFields;
import io.github.jsendfile.http.page.PageFormat;
import io.github.jsendfile.http.page.Query;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/// Errors in the form that the client reads.
enum ErrorAnswersFromPages implements ErrorAnswers {
  INSTANCE;

  private static final int UNAVAILABLE = 503;

  @Override
  public Answer of(int status, @Nullable RequestHead request) {
    RequestFields asked = request == null ? RequestFields.NONE : request.fields();
    PageFormat format =
        PageFormat.choose(
            Query.NONE, asked.value(HttpHeader.ACCEPT), asked.value(HttpHeader.USER_AGENT));
    byte[] page = ErrorPages.render(status, HttpStatus.getMessage(status), format);
    ResponseFields.Builder fields = PageFields.of(format).toBuilder();
    if (status == UNAVAILABLE) {
      fields.add("Retry-After", "5");
    }
    return Answer.of(status, fields.build(), new AnswerBody.Bytes(ByteBuffer.wrap(page)));
  }
}
