package io.github.jsendfile.http.plan;

import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.http.message.HttpDates;
import io.github.jsendfile.http.message.RequestFields;
import io.github.jsendfile.http.message.RequestHead;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Decides whether a request's conditions hold, in the order of RFC 9110, 13.2.2. To be asked
/// only where the answer without conditions would be a success (13.2.1).
public final class Preconditions {
  /// What becomes of the request.
  public enum Outcome {
    /// The conditions hold, or there are none: go on.
    PROCEED,
    /// The client has what it asks for: 304.
    NOT_MODIFIED,
    /// A condition does not hold: 412.
    FAILED
  }

  private final HttpClock clock;

  /// Makes the judge of a server.
  ///
  /// @param clock tells the century of dates with two digits, and whether a date is a strong
  ///     validator yet
  public Preconditions(HttpClock clock) {
    this.clock = clock;
  }

  /// Decides.
  ///
  /// @param current what there is now, null if there is nothing (a PUT that creates)
  public Outcome evaluate(RequestHead head, @Nullable Validators current) {
    if (!mayContinue(head.fields(), current)) {
      return Outcome.FAILED;
    }
    return isUnknownToTheClient(head, current) ? Outcome.PROCEED : refusal(head);
  }

  /// Does the part that the client has belong to what there is now? (RFC 9110, 13.1.5)
  ///
  /// @return true if the range is to be sent, false if all of it
  boolean allowsRange(RequestFields fields, Validators current) {
    String condition = fields.value(HttpHeader.IF_RANGE);
    if (condition == null) {
      return true;
    }
    if (condition.indexOf('"') >= 0) {
      return EntityTag.isStrongly(condition, current.entityTag());
    }
    OptionalLong date = HttpDates.parse(condition, clock.seconds());
    return date.isPresent()
        && date.getAsLong() == current.lastModified()
        && current.isStrongDate(clock.seconds());
  }

  /// If-Match, else If-Unmodified-Since.
  private boolean mayContinue(RequestFields fields, @Nullable Validators current) {
    String tags = fields.value(HttpHeader.IF_MATCH);
    if (tags != null) {
      return current != null
          && (isAny(tags)
              || EntityTag.anyOf(tags, tag -> EntityTag.isStrongly(tag, current.entityTag())));
    }
    OptionalLong date = date(fields.value(HttpHeader.IF_UNMODIFIED_SINCE));
    return date.isEmpty() || (current != null && current.lastModified() <= date.getAsLong());
  }

  /// If-None-Match, else, for GET and HEAD, If-Modified-Since.
  private boolean isUnknownToTheClient(RequestHead head, @Nullable Validators current) {
    String tags = head.fields().value(HttpHeader.IF_NONE_MATCH);
    if (tags != null) {
      return current == null
          || !(isAny(tags)
              || EntityTag.anyOf(tags, tag -> EntityTag.isWeakly(tag, current.entityTag())));
    }
    if (current == null || !reads(head)) {
      return true;
    }
    OptionalLong date = date(head.fields().value(HttpHeader.IF_MODIFIED_SINCE));
    return date.isEmpty() || current.lastModified() > date.getAsLong();
  }

  /// What is no date is as if it were not there (RFC 9110, 13.1.3 and 13.1.4).
  private OptionalLong date(@Nullable String value) {
    return value == null ? OptionalLong.empty() : HttpDates.parse(value, clock.seconds());
  }

  private static Outcome refusal(RequestHead head) {
    return reads(head) ? Outcome.NOT_MODIFIED : Outcome.FAILED;
  }

  private static boolean reads(RequestHead head) {
    return head.isGet() || head.isHead();
  }

  private static boolean isAny(String tags) {
    return tags.equals("*");
  }
}
