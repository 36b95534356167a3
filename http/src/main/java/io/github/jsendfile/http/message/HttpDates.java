package io.github.jsendfile.http.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;

/// Dates in the forms of HTTP (RFC 9110, 5.6.7), in seconds since 1970.
public final class HttpDates {
  /// How long a written date is, in characters.
  public static final int LENGTH = "Sun, 06 Nov 1994 08:49:37 GMT".length();

  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private static final List<String> LONG_DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private HttpDates() {}

  /// Writes an IMF-fixdate, the only form that is to be sent. It has four digits for the year;
  /// what lies outside them becomes the first or the last second inside.
  public static String format(long seconds) {
    long inside = Math.clamp(seconds, EARLIEST, LATEST);
    LocalDateTime time = LocalDateTime.ofEpochSecond(inside, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(LENGTH);
    text.append(DAYS.get(time.getDayOfWeek().getValue() - 1)).append(", ");
    digits(text, time.getDayOfMonth(), 2).append(' ').append(MONTHS.get(time.getMonthValue() - 1));
    digits(text.append(' '), time.getYear(), 4);
    digits(text.append(' '), time.getHour(), 2);
    digits(text.append(':'), time.getMinute(), 2);
    digits(text.append(':'), time.getSecond(), 2);
    return text.append(" GMT").toString();
  }

  /// Reads a date in any of the three forms: IMF-fixdate, RFC 850, asctime.
  ///
  /// @param now seconds since 1970; the century of a two-digit year is the one that puts it at
  ///     most 50 years into the future
  /// @return nothing if the text is no such date
  public static OptionalLong parse(String text, long now) {
    Scanner scanner = new Scanner(text);
    try {
      return OptionalLong.of(parse(scanner, now));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static long parse(Scanner scanner, long now) {
    if (scanner.word(LONG_DAYS) >= 0) {
      return rfc850(scanner, now);
    }
    scanner.demand(scanner.word(DAYS) >= 0);
    return scanner.skips(", ") ? fixdate(scanner) : asctime(scanner);
  }

  private static long fixdate(Scanner scanner) {
    int day = scanner.number(2);
    int month = scanner.expect(" ").month();
    int year = scanner.expect(" ").number(4);
    int secondOfDay = scanner.expect(" ").secondOfDay();
    scanner.expect(" GMT").end();
    return seconds(year, month, day, secondOfDay);
  }

  private static long rfc850(Scanner scanner, long now) {
    int day = scanner.expect(", ").number(2);
    int month = scanner.expect("-").month();
    int lastDigits = scanner.expect("-").number(2);
    int secondOfDay = scanner.expect(" ").secondOfDay();
    scanner.expect(" GMT").end();
    LocalDateTime latest = LocalDateTime.ofEpochSecond(now, 0, ZoneOffset.UTC).plusYears(50);
    int year = latest.getYear() - Math.floorMod(latest.getYear() - lastDigits, 100);
    long seconds = seconds(year, month, day, secondOfDay);
    return seconds <= latest.toEpochSecond(ZoneOffset.UTC)
        ? seconds
        : seconds(year - 100, month, day, secondOfDay);
  }

  private static long asctime(Scanner scanner) {
    int month = scanner.expect(" ").month();
    int day = scanner.expect(" ").skips(" ") ? scanner.number(1) : scanner.number(2);
    int secondOfDay = scanner.expect(" ").secondOfDay();
    int year = scanner.expect(" ").number(4);
    scanner.end();
    return seconds(year, month, day, secondOfDay);
  }

  private static long seconds(int year, int month, int day, int secondOfDay) {
    long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + secondOfDay;
    if (seconds < EARLIEST || seconds > LATEST) {
      throw new DateTimeException("a date that cannot be written");
    }
    return seconds;
  }

  private static StringBuilder digits(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    return text.repeat('0', width - digits.length()).append(digits);
  }

  /// Walks over a text; what does not fit is a [DateTimeException].
  private static final class Scanner {
    private final String text;
    private int position;

    Scanner(String text) {
      this.text = text;
    }

    Scanner expect(String literal) {
      demand(skips(literal));
      return this;
    }

    boolean skips(String literal) {
      boolean found = text.startsWith(literal, position);
      position += found ? literal.length() : 0;
      return found;
    }

    void end() {
      demand(position == text.length());
    }

    /// The index of the word that comes next, -1 if none of them does.
    int word(List<String> words) {
      for (int i = 0; i < words.size(); i++) {
        if (skips(words.get(i))) {
          return i;
        }
      }
      return -1;
    }

    int month() {
      int month = word(MONTHS) + 1;
      demand(month > 0);
      return month;
    }

    int number(int width) {
      demand(position + width <= text.length());
      int number = 0;
      for (int i = 0; i < width; i++) {
        int digit = text.charAt(position++) - '0';
        demand(digit >= 0 && digit <= 9);
        number = number * 10 + digit;
      }
      return number;
    }

    /// The time of day. A minute may have a leap second.
    int secondOfDay() {
      int hour = number(2);
      int minute = expect(":").number(2);
      int second = expect(":").number(2);
      demand(hour < 24 && minute < 60 && second <= 60);
      return (hour * 60 + minute) * 60 + second;
    }

    void demand(boolean holds) {
      if (!holds) {
        throw new DateTimeException("no date of HTTP");
      }
    }
  }
}
