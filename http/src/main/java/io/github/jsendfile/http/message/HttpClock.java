package io.github.jsendfile.http.message;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/// The time as HTTP tells it: in whole seconds, written down once a second.
///
/// For any number of threads.
public final class HttpClock {
  private final InstantSource source;
  private volatile Second second;

  /// Makes a clock.
  public HttpClock(InstantSource source) {
    this.source = source;
    this.second = Second.at(seconds());
  }

  /// Seconds since 1970.
  public long seconds() {
    return Math.floorDiv(source.millis(), 1000L);
  }

  /// The current date in 29 bytes. For the writer, which changes nothing in it.
  byte[] date() {
    long now = seconds();
    Second known = second;
    if (known.seconds != now) {
      known = Second.at(now);
      second = known;
    }
    return known.text;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Second(long seconds, byte[] text) {
    static Second at(long seconds) {
      return new Second(seconds, HttpDates.format(seconds).getBytes(StandardCharsets.US_ASCII));
    }
  }
}
