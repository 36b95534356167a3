package io.github.jsendfile.http.page;

import java.util.Locale;

/// Numbers of bytes for people.
final class ByteCount {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteCount() {}

  /// Three digits or so: `12 B`, `1.5 KiB`, `314 MiB`.
  static String human(long bytes) {
    double value = bytes;
    int power = 0;
    while (value >= 999.5 && power < UNITS.length - 1) {
      value /= 1024;
      power++;
    }
    String form = power == 0 || value >= 9.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, form, value, UNITS[power]);
  }

  /// To the last byte: `1,234,567 bytes`.
  static String exact(long bytes) {
    return bytes == 1 ? "1 byte" : String.format(Locale.ROOT, "%,d bytes", bytes);
  }
}
