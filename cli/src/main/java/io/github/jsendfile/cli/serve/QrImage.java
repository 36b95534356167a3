package io.github.jsendfile.cli.serve;

import io.nayuki.qrcodegen.QrCode;

/// A QR code in a terminal: two rows of modules in a line of half blocks, dark on white whatever
/// the terminal's colours are, since phones read no other.
final class QrImage {
  private static final int QUIET_MODULES = 2;
  private static final String DARK_ON_WHITE = "\u001b[38;5;16;48;5;231m";
  private static final String PLAIN = "\u001b[0m";

  private final QrCode code;

  private QrImage(QrCode code) {
    this.code = code;
  }

  static QrImage of(String text) {
    return new QrImage(QrCode.encodeText(text, QrCode.Ecc.LOW));
  }

  /// How many columns it needs.
  int width() {
    return code.size + 2 * QUIET_MODULES;
  }

  /// The lines, each with its colours set and reset.
  String render() {
    StringBuilder text = new StringBuilder();
    for (int y = -QUIET_MODULES; y < code.size + QUIET_MODULES; y += 2) {
      text.append("  ").append(DARK_ON_WHITE);
      for (int x = -QUIET_MODULES; x < code.size + QUIET_MODULES; x++) {
        text.append(half(code.getModule(x, y), code.getModule(x, y + 1)));
      }
      text.append(PLAIN).append('\n');
    }
    return text.toString();
  }

  private static char half(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '\u2588' : '\u2580';
    }
    return lower ? '\u2584' : ' ';
  }
}
