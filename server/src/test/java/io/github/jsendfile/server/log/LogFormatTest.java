package io.github.jsendfile.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Spec({"HT-44", "FT-44"})
class LogFormatTest {
  static final Instant TIME = Instant.parse("2026-11-23T12:34:56.789Z");
  private static final String TIME_IN_LINE =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault())
          .format(TIME);

  static AccessEntry entry(String target) {
    return entry("anna", target, "curl/8");
  }

  private static AccessEntry entry(@Nullable String user, String target, @Nullable String agent) {
    return new AccessEntry(
        TIME,
        address("192.0.2.7"),
        user,
        "GET",
        target,
        "HTTP/1.1",
        200,
        4096,
        0,
        Duration.ofNanos(1_001_250_999),
        Mechanism.BUFFERED_COPY,
        null,
        agent,
        null);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  private static String line(LogFormat format, AccessEntry entry) throws IOException {
    return new String(format.lines(List.of(entry)), UTF_8);
  }

  @Test
  void commonSaysWhoWhatAndHow() throws IOException {
    assertThat(line(LogFormat.COMMON, entry("/a?b")))
        .isEqualTo(
            "192.0.2.7 - anna [%s] \"GET /a?b HTTP/1.1\" 200 4096 copy 1.001250\n"
                .formatted(TIME_IN_LINE));
  }

  @Test
  void combinedSaysRefererAndAgentToo() throws IOException {
    assertThat(line(LogFormat.COMBINED, entry(null, "/", null)))
        .isEqualTo(
            "192.0.2.7 - - [%s] \"GET / HTTP/1.1\" 200 4096 \"-\" \"-\" copy 1.001250\n"
                .formatted(TIME_IN_LINE));
  }

  @Test
  void jsonSaysAllThatIsKnown() throws IOException {
    AccessEntry upload =
        new AccessEntry(
            TIME,
            address("2001:db8::1"),
            "anna",
            "STOR",
            "/up/é\"\n",
            "FTP",
            426,
            0,
            1234,
            Duration.ofMillis(250),
            null,
            null,
            null,
            "the peer has gone");
    assertThat(line(LogFormat.JSON, upload))
        .isEqualTo(
            """
            {"time":"2026-11-23T12:34:56.789Z","client":"2001:db8:0:0:0:0:0:1","user":"anna",\
            "method":"STOR","target":"/up/\\u00E9\\"\\n","protocol":"FTP","status":426,\
            "bytesSent":0,"bytesReceived":1234,"seconds":0.25,"failure":"the peer has gone"}
            """);
  }

  @ParameterizedTest
  @EnumSource
  void eachEntryIsALine(LogFormat format) throws IOException {
    byte[] lines = format.lines(List.of(entry("/1"), entry("/2"), entry("/3")));
    assertThat(new String(lines, UTF_8)).hasLineCount(3).endsWith("\n");
    assertThat(format.lines(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'/\r\n192.0.2.9 - root', /\\x0d\\x0a192.0.2.9 - root",
    "'/\" 200 1', /\\\" 200 1",
    "'/\\', /\\\\",
    "'/\u001b[31mred', /\\x1b[31mred",
    "'/\u009b31mred', /\\xc2\\x9b31mred",
    "'/\u007f', /\\x7f",
    "'/\u202eexe.txt', /\\xe2\\x80\\xaeexe.txt",
    "'/\u2028', /\\xe2\\x80\\xa8",
    "'/\ud800', /\\x3f",
    "/\u65e5\u672c.txt, /\u65e5\u672c.txt",
    "/\ud83d\ude00, /\ud83d\ude00",
  })
  void whatAClientWritesStaysInItsColumn(String target, String written) throws IOException {
    assertThat(line(LogFormat.COMMON, entry(target)))
        .contains("\"GET " + written + " HTTP/1.1\"")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @EnumSource
  void noLineSpeaksToATerminal(LogFormat format) throws IOException {
    StringBuilder every = new StringBuilder();
    for (char each = 0; each < 0x2100; each++) {
      every.append(each);
    }
    String hostile = every.toString();
    String line = line(format, entry(hostile, hostile, hostile));
    assertThat(line).hasLineCount(1);
    assertThat(line.substring(0, line.length() - 1).codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(each -> Character.getType(each) == Character.FORMAT);
  }

  @Test
  void aUserNameIsOneColumn() throws IOException {
    assertThat(line(LogFormat.COMMON, entry("anna of ulm", "/", null)))
        .startsWith("192.0.2.7 - anna\\x20of\\x20ulm [");
  }

  @Test
  void uploadsShowTheBytesThatCame() throws IOException {
    AccessEntry upload =
        new AccessEntry(
            TIME,
            address("::1"),
            null,
            "PUT",
            "/",
            "HTTP/1.1",
            201,
            0,
            77,
            Duration.ZERO,
            null,
            null,
            null,
            null);
    assertThat(line(LogFormat.COMMON, upload)).endsWith("\" 201 77 - 0.000000\n");
  }
}
