package io.github.jsendfile.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/// How a line of the access log looks.
public enum LogFormat {
  /// The Common Log Format, and behind it mechanism and seconds:
  /// `192.0.2.7 - anna [23/Nov/2026:12:00:00 +0000] "GET /a HTTP/1.1" 200 4096 native 0.001250`.
  COMMON {
    @Override
    byte[] lines(List<AccessEntry> entries) {
      return text(entries, false);
    }
  },

  /// The Combined Log Format, that is referer and user agent too, and behind it mechanism and
  /// seconds.
  COMBINED {
    @Override
    byte[] lines(List<AccessEntry> entries) {
      return text(entries, true);
    }
  },

  /// One JSON object a line, with all that is known; what is not, is left out.
  JSON {
    @Override
    byte[] lines(List<AccessEntry> entries) throws IOException {
      return JsonLines.of(entries);
    }
  };

  /// The lines of some entries, in their order, each with its line end.
  abstract byte[] lines(List<AccessEntry> entries) throws IOException;

  private static byte[] text(List<AccessEntry> entries, boolean combined) {
    TextLines lines = new TextLines(combined);
    entries.forEach(lines::add);
    return lines.toString().getBytes(UTF_8);
  }
}
