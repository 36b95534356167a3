package io.github.jsendfile.http.exchange;

import io.github.jsendfile.http.message.ResponseFields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// An answer that has been decided and only needs to be sent. Whoever sends it closes its body.
///
/// @param status from 200 to 599
/// @param fields all but `Date`, `Server`, `Connection` and `Transfer-Encoding`; `Content-Length`
///     may be missing where the body has a length
/// @param body what follows the head; not sent where the request or the status forbid it
/// @param isLast whether the connection ends behind it
public record Answer(int status, ResponseFields fields, AnswerBody body, boolean isLast) {
  /// An answer without a body.
  public static Answer of(int status, ResponseFields fields) {
    return new Answer(status, fields, new AnswerBody.None(), false);
  }

  /// An answer with a body.
  public static Answer of(int status, ResponseFields fields, AnswerBody body) {
    return new Answer(status, fields, body, false);
  }

  /// An answer of a few bytes.
  public static Answer of(int status, String mediaType, byte[] bytes) {
    ResponseFields fields = ResponseFields.builder().add("Content-Type", mediaType).build();
    return of(status, fields, new AnswerBody.Bytes(ByteBuffer.wrap(bytes)));
  }

  /// An answer of plain text.
  public static Answer ofText(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// The same, with more fields.
  public Answer with(ResponseFields more) {
    return new Answer(status, fields.toBuilder().addAll(more).build(), body, isLast);
  }

  /// The same, with those of more fields that it does not say already.
  public Answer withMissing(ResponseFields more) {
    ResponseFields.Builder all = fields.toBuilder();
    for (String name : more.names()) {
      String value = more.value(name);
      if (value != null && !value.equals(fields.value(name))) {
        all.add(name, value);
      }
    }
    return new Answer(status, all.build(), body, isLast);
  }

  /// The same, and the connection ends behind it.
  public Answer last() {
    return new Answer(status, fields, body, true);
  }
}
