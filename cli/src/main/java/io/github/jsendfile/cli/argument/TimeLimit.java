package io.github.jsendfile.cli.argument;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A limit of time as a person writes it: `500ms`, `30s`, `2m`, `1m30s`, `1h`; a bare number counts
/// seconds, as in `timeout` and `curl`; `0` and `none` mean no limit.
public final class TimeLimit {
  public static final TimeLimit NONE = new TimeLimit(null, "none");

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3}))?([a-z]*)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "", 1000L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private final @Nullable Duration duration;
  private final String text;

  private TimeLimit(@Nullable Duration duration, String text) {
    this.duration = duration;
    this.text = text;
  }

  /// Reads a limit.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the user
  public static TimeLimit parse(String text) {
    if (text.startsWith("-")) {
      throw new IllegalArgumentException("\"" + text + "\" is negative; a time cannot be");
    }
    if (text.equals("none")) {
      return NONE;
    }
    Matcher matcher = PART.matcher(text);
    Duration total = Duration.ZERO;
    int at = 0;
    while (at < text.length() && matcher.find(at) && matcher.start() == at) {
      total = total.plus(part(text, matcher, at == 0 && matcher.end() == text.length()));
      at = matcher.end();
    }
    if (at == 0 || at < text.length()) {
      throw notATime(text);
    }
    return total.isZero() ? NONE : new TimeLimit(total, text);
  }

  private static Duration part(String text, Matcher part, boolean alone) {
    Long millis = MILLIS.get(part.group(3));
    if (millis == null || (part.group(3).isEmpty() && !alone)) {
      throw notATime(text);
    }
    Duration whole = Duration.ofMillis(Math.multiplyExact(Long.parseLong(part.group(1)), millis));
    String fraction = part.group(2);
    if (fraction == null) {
      return whole;
    }
    long thousandths = Long.parseLong((fraction + "00").substring(0, 3));
    return whole.plus(Duration.ofNanos(thousandths * millis * 1000));
  }

  private static IllegalArgumentException notATime(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is not a time; write it like 500ms, 30s, 2m or 1h30m, or none");
  }

  public Optional<Duration> duration() {
    return Optional.ofNullable(duration);
  }

  @Override
  public String toString() {
    return text;
  }
}
