package io.github.jsendfile.ftp.wire;

/// Takes Telnet commands out of a stream of octets: `IAC IP`, `IAC DM` and the like, options with
/// their one octet; `IAC IAC` is a 0xFF of the text.
final class TelnetFilter {
  /// What [#accept] answers for an octet that is no text.
  static final int NOTHING = -1;

  private static final int IAC = 0xff;
  private static final int FIRST_OPTION = 0xfb;
  private static final int FIRST_COMMAND = 0xf0;

  private enum State {
    TEXT,
    AFTER_IAC,
    OPTION
  }

  private State state = State.TEXT;

  /// Takes the next octet.
  ///
  /// @return the text octet it stands for, or [#NOTHING]
  int accept(int octet) {
    return switch (state) {
      case TEXT -> text(octet);
      case AFTER_IAC -> afterIac(octet);
      case OPTION -> {
        state = State.TEXT;
        yield NOTHING;
      }
    };
  }

  private int text(int octet) {
    if (octet != IAC) {
      return octet;
    }
    state = State.AFTER_IAC;
    return NOTHING;
  }

  private int afterIac(int octet) {
    state = octet >= FIRST_OPTION && octet < IAC ? State.OPTION : State.TEXT;
    return octet >= FIRST_COMMAND && octet < IAC ? NOTHING : octet;
  }
}
