package io.github.jsendfile.http.message;

import static io.github.jsendfile.http.message.Heads.bytes;
import static io.github.jsendfile.http.message.RequestReader.Progress.CONTENT;
import static io.github.jsendfile.http.message.RequestReader.Progress.END;
import static io.github.jsendfile.http.message.RequestReader.Progress.HEAD;
import static io.github.jsendfile.http.message.RequestReader.Progress.INCOMPLETE;
import static io.github.jsendfile.http.message.RequestReader.Progress.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.jsendfile.testkit.Spec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private static final String SIMPLE = "GET /a?b=c HTTP/1.1\r\nHost: h:80\r\nX-A: 1\r\n\r\n";

  private final RequestReader reader = new RequestReader(RequestLimits.DEFAULT);

  @Test
  void readsAHead() {
    assertThat(reader.readHead(bytes(SIMPLE))).isEqualTo(HEAD);
    RequestHead head = reader.head();
    assertThat(head.method()).isEqualTo("GET");
    assertThat(head.target()).isEqualTo(new RequestTarget("/a?b=c", "/a", "b=c", null));
    assertThat(head.minorVersion()).isEqualTo(1);
    assertThat(head.authority()).isEqualTo("h:80");
    assertThat(head.fields().value("x-a")).isEqualTo("1");
    assertThat(head.bodyLength()).isZero();
    assertThat(head.requestLine()).isEqualTo("GET /a?b=c HTTP/1.1");
  }

  @Test
  void readsAHeadWhereverItIsCut() {
    for (int cut = 1; cut < SIMPLE.length(); cut++) {
      RequestReader fresh = new RequestReader(RequestLimits.DEFAULT);
      assertThat(fresh.readHead(bytes(SIMPLE.substring(0, cut)))).isEqualTo(INCOMPLETE);
      assertThat(fresh.readHead(bytes(SIMPLE.substring(cut)))).as("cut at %s", cut).isEqualTo(HEAD);
      assertThat(fresh.head().requestLine()).isEqualTo("GET /a?b=c HTTP/1.1");
      assertThat(fresh.head().fields().value(HttpHeader.HOST)).isEqualTo("h:80");
    }
  }

  @Test
  void readsAHeadFromADirectBuffer() {
    ByteBuffer direct = ByteBuffer.allocateDirect(SIMPLE.length());
    direct.put(SIMPLE.getBytes(StandardCharsets.ISO_8859_1)).flip();
    assertThat(reader.readHead(direct)).isEqualTo(HEAD);
    assertThat(reader.head().target().path()).isEqualTo("/a");
  }

  @Test
  @Spec("HT-3")
  void pipelinedRequestsStayInTheBuffer() {
    ByteBuffer buffer = bytes(SIMPLE + "HEAD /second HTTP/1.1\r\nHost: b\r\n\r\nGET /th");
    assertThat(reader.readHead(buffer)).isEqualTo(HEAD);
    reader.next();
    assertThat(reader.isIdle()).isTrue();
    assertThat(reader.readHead(buffer)).isEqualTo(HEAD);
    assertThat(reader.head().requestLine()).isEqualTo("HEAD /second HTTP/1.1");
    assertThat(reader.head().fields().size()).isEqualTo(1);
    reader.next();
    assertThat(reader.readHead(buffer)).isEqualTo(INCOMPLETE);
    assertThat(reader.isIdle()).isFalse();
    assertThat(buffer.hasRemaining()).isFalse();
  }

  @Test
  void emptyLinesBeforeARequestAreSkipped() {
    assertThat(reader.readHead(bytes("\r\n\r\n" + SIMPLE))).isEqualTo(HEAD);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, , true",
    "1.1, close, false",
    "1.1, Close, false",
    "1.1, 'foo, CLOSE', false",
    "1.1, closed, true",
    "1.1, keep-alive, true",
    "1.0, , false",
    "1.0, keep-alive, true",
    "1.0, 'foo, Keep-Alive', true",
    "1.0, 'keep-alive, close', false",
  })
  @Spec("HT-3")
  void connectionsPersistByVersionAndField(String version, String connection, boolean keeps) {
    String line = connection == null ? "" : "Connection: " + connection + "\r\n";
    String text = "GET / HTTP/" + version + "\r\nHost: a\r\n" + line + "\r\n";
    assertThat(Heads.parse(text).keepsAlive()).isEqualTo(keeps);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\n\r\n",
      })
  @Spec("HT-2")
  void hostIsThereOnceAndIsOne(String text) {
    assertRefused(text, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a:8080", "127.0.0.1", "[::1]:80", "EXAMPLE.org", ""})
  @Spec("HT-2")
  void hostsThatAreRight(String host) {
    RequestHead head = Heads.parse("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    assertThat(head.authority()).isEqualTo(host);
  }

  @Test
  @Spec("HT-2")
  void http10NeedsNoHost() {
    assertThat(Heads.parse("GET / HTTP/1.0\r\n\r\n").authority()).isNull();
  }

  @Test
  @Spec("HT-2")
  void theTargetsHostGoesBeforeTheField() {
    RequestHead head = Heads.parse("GET http://b:81/x?y HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(head.authority()).isEqualTo("b:81");
    assertThat(head.target().path()).isEqualTo("/x");
    assertThat(head.target().query()).isEqualTo("y");
  }

  static Stream<Arguments> smuggling() {
    String host = "POST / HTTP/1.1\r\nHost: a\r\n";
    return Stream.of(
        arguments("both", host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"),
        arguments(
            "both, reversed", host + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"),
        arguments("two lengths", host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
        arguments("two lengths in a list", host + "Content-Length: 3, 4\r\n\r\nabc"),
        arguments("negative length", host + "Content-Length: -3\r\n\r\nabc"),
        arguments("length with a plus", host + "Content-Length: +3\r\n\r\nabc"),
        arguments("length in hexadecimal", host + "Content-Length: 0x3\r\n\r\nabc"),
        arguments("length that overflows", host + "Content-Length: 99999999999999999999\r\n\r\n"),
        arguments("empty length", host + "Content-Length:\r\n\r\n"),
        arguments("chunked not last", host + "Transfer-Encoding: chunked, gzip\r\n\r\n"),
        arguments("chunked twice", host + "Transfer-Encoding: chunked, chunked\r\n\r\n"),
        arguments(
            "chunked twice in lines",
            host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
        arguments("not chunked", host + "Transfer-Encoding: identity\r\n\r\n"),
        arguments("strange chunked", host + "Transfer-Encoding: xchunked\r\n\r\n"),
        arguments("quoted chunked", host + "Transfer-Encoding: \"chunked\"\r\n\r\n"),
        arguments("chunked with a tab", host + "Transfer-Encoding: \u000bchunked\r\n\r\n"),
        arguments("bare LF behind the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n"),
        arguments("bare LF behind a field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
        arguments("bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n"),
        arguments("bare CR in a field", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"),
        arguments("space before the colon", "GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n"),
        arguments("space before a length's colon", host + "Content-Length : 3\r\n\r\nabc"),
        arguments("folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),
        arguments("folded first line", "GET / HTTP/1.1\r\n Host: a\r\nHost: b\r\n\r\n"),
        arguments("no colon", "GET / HTTP/1.1\r\nHost: a\r\nXYZ\r\n\r\n"),
        arguments("no name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"),
        arguments("NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"),
        arguments("NUL in the target", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"),
        arguments("space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
        arguments("tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        arguments("space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smuggling")
  @Spec("HT-5")
  void smugglingIsRefused(String shape, String text) {
    RequestReader.Progress progress = reader.readHead(bytes(text));
    assertThat(progress).isEqualTo(REFUSED);
    assertThat(reader.violation().status()).as(reader.violation().name()).isIn(400, 501, 505);
    assertThat(reader.readHead(bytes(SIMPLE))).as("nothing behind it is read").isNotEqualTo(HEAD);
  }

  @Test
  @Spec("HT-5")
  void transferEncodingNeedsHttp11() {
    assertRefused(
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        Violation.TRANSFER_ENCODING_IN_1_0);
  }

  @Test
  @Spec("HT-5")
  void codingsOfTransferOtherThanChunkedAreUnknown() {
    assertRefused(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        Violation.UNKNOWN_TRANSFER_CODING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/9.9"})
  @Spec("HT-5")
  void otherMajorVersionsAreRefused(String version) {
    assertRefused("GET / " + version + "\r\nHost: a\r\n\r\n", Violation.UNKNOWN_VERSION);
  }

  @Test
  @Spec("HT-5")
  void theOpeningOfHttp2IsRefused() {
    assertRefused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Violation.UNKNOWN_VERSION);
  }

  @Test
  @Spec("HT-5")
  void http09IsRefused() {
    RequestReader.Progress progress = reader.readHead(bytes("GET /\r\n"));
    assertThat(progress).isEqualTo(REFUSED);
    assertThat(reader.violation().status()).isIn(400, 505);
  }

  @Test
  @Spec("HT-6")
  void targetsHaveALimit() {
    assertThat(reader.readHead(bytes(withTarget(8 << 10)))).isEqualTo(HEAD);
    assertRefused(withTarget((8 << 10) + 1), Violation.TARGET_TOO_LONG);
    assertRefused(withTarget(1 << 20), Violation.TARGET_TOO_LONG);
  }

  @Test
  @Spec("HT-6")
  void aTargetThatNeverEndsIsRefusedAtTheLimitOfTheHead() {
    RequestReader fresh = new RequestReader(RequestLimits.DEFAULT);
    int sent = 0;
    assertThat(fresh.readHead(bytes("GET /"))).isEqualTo(INCOMPLETE);
    while (fresh.readHead(bytes("a".repeat(1000))) == INCOMPLETE) {
      sent += 1000;
      assertThat(sent).isLessThanOrEqualTo(32 << 10);
    }
    assertThat(fresh.violation()).isEqualTo(Violation.TARGET_TOO_LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: %s\r\n\r\n", "%s: x\r\n\r\n", "X: %s"})
  @Spec("HT-6")
  void headsHaveALimit(String rest) {
    String start = "GET / HTTP/1.1\r\nHost: a\r\n";
    assertRefused(start + rest.formatted("y".repeat(33 << 10)), Violation.HEAD_TOO_LONG);
    String fits = start + "X: %s\r\n\r\n".formatted("y".repeat(31 << 10));
    assertThat(Heads.parse(fits).fields().value("X")).hasSize(31 << 10);
  }

  @Test
  @Spec("HT-6")
  void aThousandFieldsAreRead() {
    StringBuilder text = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 1000; i++) {
      text.append("X-").append(i).append(": ").append(i).append("\r\n");
    }
    RequestHead head = Heads.parse(text.append("\r\n").toString());
    assertThat(head.fields().size()).isEqualTo(1001);
    assertThat(head.fields().value("x-999")).isEqualTo("999");
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, 100-continue, 3, true",
    "1.1, 100-Continue, 3, true",
    "1.1, 100-continue, 0, false",
    "1.0, 100-continue, 3, false",
    "1.0, something, 3, false",
  })
  @Spec("HT-4")
  void whoExpectsContinueIsTold(String version, String expect, int length, boolean told) {
    assertThat(Heads.parse(expecting(version, expect, length)).expectsContinue()).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"something", "100-continue, something", "200-ok"})
  @Spec("HT-4")
  void otherExpectationsAreRefused(String expect) {
    assertRefused(expecting("1.1", expect, 3), Violation.UNKNOWN_EXPECTATION);
  }

  @Test
  @Spec("HT-4")
  void aBodyOfKnownLengthIsReadPieceByPiece() {
    String head = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
    ByteBuffer buffer = bytes(head + "ab");
    assertThat(reader.readHead(buffer)).isEqualTo(HEAD);
    assertThat(reader.head().bodyLength()).isEqualTo(5);
    assertThat(reader.readBody(buffer)).isEqualTo(CONTENT);
    assertThat(text(reader.content())).isEqualTo("ab");
    assertThat(reader.readBody(buffer)).isEqualTo(INCOMPLETE);
    ByteBuffer rest = bytes("cde" + SIMPLE);
    assertThat(reader.readBody(rest)).isEqualTo(CONTENT);
    assertThat(text(reader.content())).isEqualTo("cde");
    assertThat(reader.readBody(rest)).isEqualTo(END);
    assertThat(reader.readBody(rest)).as("again").isEqualTo(END);
    reader.next();
    assertThat(reader.readHead(rest)).isEqualTo(HEAD);
    assertThat(reader.head().method()).isEqualTo("GET");
  }

  @Test
  @Spec("HT-4")
  void aBodyThatSomebodyElseReadsIsSkipped() {
    ByteBuffer buffer =
        bytes("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde" + SIMPLE);
    assertThat(reader.readHead(buffer)).isEqualTo(HEAD);
    buffer.position(buffer.position() + 5);
    reader.next();
    assertThat(reader.readHead(buffer)).isEqualTo(HEAD);
    assertThat(reader.head().method()).isEqualTo("GET");
  }

  @Test
  @Spec("HT-4")
  void noBodyEndsAtOnce() {
    ByteBuffer buffer = bytes(SIMPLE + SIMPLE);
    assertThat(reader.readHead(buffer)).isEqualTo(HEAD);
    assertThat(reader.readBody(buffer)).isEqualTo(END);
    assertThat(buffer.remaining()).isEqualTo(SIMPLE.length());
  }

  @Test
  @Spec("HT-4")
  void chunksAreReadWhereverTheyAreCut() {
    String head = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    String body = "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n";
    for (int cut = 0; cut <= body.length(); cut++) {
      RequestReader fresh = new RequestReader(RequestLimits.DEFAULT);
      assertThat(fresh.readHead(bytes(head))).isEqualTo(HEAD);
      assertThat(fresh.head().isChunked()).isTrue();
      StringBuilder got = new StringBuilder();
      RequestReader.Progress first = readAll(fresh, bytes(body.substring(0, cut)), got);
      assertThat(first).isEqualTo(cut == body.length() ? END : INCOMPLETE);
      ByteBuffer rest = bytes(body.substring(cut) + SIMPLE);
      assertThat(readAll(fresh, rest, got)).isEqualTo(END);
      assertThat(got).as("cut at %s", cut).hasToString("abc0123456789");
      fresh.next();
      assertThat(fresh.readHead(rest)).isEqualTo(HEAD);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "-1\r\n",
        "1 \r\na\r\n",
        "3\r\nabcX",
        "3\nabc\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\n",
        "0\r\nbad trailer\r\n\r\n"
      })
  @Spec("HT-5")
  void brokenChunksAreRefused(String body) {
    String head = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    ByteBuffer buffer = bytes(head + body);
    assertThat(reader.readHead(buffer)).isEqualTo(HEAD);
    assertThat(readAll(reader, buffer, new StringBuilder())).isEqualTo(REFUSED);
    assertThat(reader.violation()).isEqualTo(Violation.MALFORMED);
  }

  @Test
  void valuesKeepTheirCaseThoughAnEarlierOneDiffersOnlyInCase() {
    for (String password : List.of("Basic QUJD", "Basic qujd", "basic QUJD")) {
      assertThat(
              reader.readHead(
                  bytes("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: " + password + "\r\n\r\n")))
          .isEqualTo(HEAD);
      assertThat(reader.head().fields().value(HttpHeader.AUTHORIZATION)).isEqualTo(password);
      reader.next();
    }
  }

  @Test
  void severalLinesOfAFieldAreOneList() {
    RequestHead head = Heads.get("If-None-Match: \"a\"", "X: y", "if-none-match: \"b\"");
    assertThat(head.fields().value(HttpHeader.IF_NONE_MATCH)).isEqualTo("\"a\", \"b\"");
    assertThat(head.fields().value("If-None-MATCH")).isEqualTo("\"a\", \"b\"");
    assertThat(head.fields().has(HttpHeader.IF_MATCH)).isFalse();
    assertThat(head.fields().value("Y")).isNull();
  }

  @Test
  void targetsAreUtf8OrRefused() {
    String raw =
        new String("/\u00e9".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(Heads.parse("GET " + raw + " HTTP/1.1\r\nHost: a\r\n\r\n").target().path())
        .isEqualTo("/\u00e9");
    assertRefused("GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  }

  private static String withTarget(int length) {
    return "GET /" + "a".repeat(length - 1) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static String expecting(String version, String expect, int length) {
    return "PUT / HTTP/%s\r\nHost: a\r\nExpect: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(version, expect, length);
  }

  private static RequestReader.Progress readAll(
      RequestReader reader, ByteBuffer buffer, StringBuilder into) {
    RequestReader.Progress progress = reader.readBody(buffer);
    while (progress == CONTENT) {
      into.append(text(reader.content()));
      progress = reader.readBody(buffer);
    }
    return progress;
  }

  private static String text(ByteBuffer content) {
    return StandardCharsets.ISO_8859_1.decode(content).toString();
  }

  private static void assertRefused(String text, Violation violation) {
    RequestReader fresh = new RequestReader(RequestLimits.DEFAULT);
    assertThat(fresh.readHead(bytes(text))).isEqualTo(REFUSED);
    assertThat(fresh.violation()).isEqualTo(violation);
  }

  private static void assertRefused(String text, int status) {
    RequestReader fresh = new RequestReader(RequestLimits.DEFAULT);
    assertThat(fresh.readHead(bytes(text))).isEqualTo(REFUSED);
    assertThat(fresh.violation().status()).isEqualTo(status);
  }
}
