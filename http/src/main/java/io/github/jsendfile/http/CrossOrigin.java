package io.github.jsendfile.http;

import io.github.jsendfile.http.connection.ErrorAnswers;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.ResponseFields;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lets pages of other origins read (CORS), and tells their browsers so before they ask with fields
/// of their own. Immutable.
final class CrossOrigin {
  private static final String ALL = "*";
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#\\s,]+|\\*|null");

  private static final ResponseFields PREFLIGHT =
      ResponseFields.builder()
          .add("Access-Control-Allow-Methods", "GET, HEAD")
          .add(
              "Access-Control-Allow-Headers",
              "Authorization, Cache-Control, If-Match, If-Modified-Since, If-None-Match, If-Range,"
                  + " If-Unmodified-Since, Range")
          .add("Access-Control-Max-Age", "86400")
          .build();

  private final Set<String> origins;

  CrossOrigin(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  static String check(String origin) {
    String text = origin.toLowerCase(Locale.ROOT);
    if (!ORIGIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + origin + "\" is not an origin; write it like https://app.example, or *");
    }
    return text;
  }

  Service of(Service service) {
    return origins.isEmpty()
        ? service
        : exchange -> {
          RequestHead head = exchange.head();
          return isPreflight(head)
              ? Optional.of(Answer.of(204, fields(head).toBuilder().addAll(PREFLIGHT).build()))
              : service.answer(exchange).map(answer -> answer.with(fields(head)));
        };
  }

  ErrorAnswers of(ErrorAnswers errors) {
    return origins.isEmpty()
        ? errors
        : (status, head) -> {
          Answer answer = errors.of(status, head);
          return head == null ? answer : answer.with(fields(head));
        };
  }

  private static boolean isPreflight(RequestHead head) {
    return head.method().equals("OPTIONS")
        && head.fields().value("Origin") != null
        && head.fields().value("Access-Control-Request-Method") != null;
  }

  private ResponseFields fields(RequestHead head) {
    String allowed = allowed(head.fields().value("Origin"));
    ResponseFields.Builder fields = ResponseFields.builder();
    if (!origins.contains(ALL)) {
      fields.add("Vary", "Origin");
    }
    return allowed == null
        ? fields.build()
        : fields
            .add("Access-Control-Allow-Origin", allowed)
            .add(
                "Access-Control-Expose-Headers",
                "Accept-Ranges, Content-Range, ETag, Last-Modified")
            .build();
  }

  private @Nullable String allowed(@Nullable String origin) {
    if (origins.contains(ALL)) {
      return ALL;
    }
    return origin != null && origins.contains(origin.toLowerCase(Locale.ROOT)) ? origin : null;
  }
}
