package io.github.jsendfile.cli.argument;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes as a person writes it: `4096`, `10k`, `8MiB`, `1GB`, `1.5G`. As in `head -c`,
/// a bare letter and the `iB` forms count in 1024, the `B` forms in 1000.
///
/// @param bytes 0 or more
public record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d+)(?:\\.(\\d+))? ?([A-Za-z]*)");
  private static final BigInteger THOUSAND = BigInteger.valueOf(1000);
  private static final int MOST_BITS = Long.SIZE - 1;
  private static final String LETTERS = "kmgtpe";
  private static final String[] HUMAN = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  /// Reads a size.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the user
  public static ByteSize parse(String text) {
    if (text.startsWith("-")) {
      throw new IllegalArgumentException("\"" + text + "\" is negative; a size cannot be");
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw notASize(text);
    }
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    BigInteger[] bytes =
        new BigInteger(matcher.group(1) + fraction)
            .multiply(BigInteger.valueOf(unit(text, matcher.group(3))))
            .divideAndRemainder(BigInteger.TEN.pow(fraction.length()));
    if (bytes[1].signum() != 0) {
      throw new IllegalArgumentException("\"" + text + "\" is not a whole number of bytes");
    }
    if (bytes[0].bitLength() > MOST_BITS) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is more than the " + Long.MAX_VALUE + " bytes that are possible");
    }
    return new ByteSize(bytes[0].longValueExact());
  }

  private static long unit(String text, String suffix) {
    String unit = suffix.toLowerCase(Locale.ROOT);
    if (unit.isEmpty() || unit.equals("b")) {
      return 1;
    }
    int power = LETTERS.indexOf(unit.charAt(0)) + 1;
    if (power == 0) {
      throw notASize(text);
    }
    return switch (unit.substring(1)) {
      case "", "i", "ib" -> 1L << (10 * power);
      case "b" -> THOUSAND.pow(power).longValueExact();
      default -> throw notASize(text);
    };
  }

  private static IllegalArgumentException notASize(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is not a size; write it like 4096, 64KiB, 8MiB or 1GB");
  }

  /// Three digits or so and a unit: `12 bytes`, `1.5 KiB`, `314 MiB`.
  public String human() {
    return human((double) bytes);
  }

  public static String human(double bytes) {
    double value = bytes;
    int power = 0;
    while (value >= 999.5 && power < HUMAN.length - 1) {
      value /= 1024;
      power++;
    }
    String form = power == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, form, value, HUMAN[power]);
  }

  @Override
  public String toString() {
    return Long.toString(bytes);
  }
}
