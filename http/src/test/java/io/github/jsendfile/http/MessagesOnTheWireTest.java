package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Messages byte for byte (RFC 9112), one row a case. In the rows `^` is CR LF, `~` a bare LF, `_`
/// a tab.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class MessagesOnTheWireTest {
  @TempDir private static Path root;
  private static HttpFixture http;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(root.resolve("f"), "hello");
    Files.write(root.resolve("large"), new byte[2_000_000]);
    http = HttpFixture.over(root);
  }

  @AfterAll
  static void stop() throws IOException {
    http.close();
  }

  private static String bytes(String row) {
    return row.strip().replace("^", "\r\n").replace("~", "\n").replace("_", "\t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          # hosts and the forms of targets
          GET /f HTTP/1.1^Host: a^^ | 200
          GET /f HTTP/1.1^Host:^^ | 200
          GET /f HTTP/1.1^Host: a:8080^^ | 200
          GET /f HTTP/1.1^Host: [::1]:80^^ | 200
          GET /f HTTP/1.1^HOST:a^^ | 200
          GET http://b/f HTTP/1.1^Host: a^^ | 200
          GET HTTP://b:80/f HTTP/1.1^Host: a^^ | 200
          GET http://b HTTP/1.1^Host: b^^ | 200
          GET http://b?q HTTP/1.1^Host: b^^ | 200
          GET /f?a=/../b HTTP/1.1^Host: a^^ | 200
          GET /f? HTTP/1.1^Host: a^^ | 200
          GET /http://b/f HTTP/1.1^Host: a^^ | 404
          OPTIONS * HTTP/1.1^Host: a^^ | 204
          OPTIONS /f HTTP/1.1^Host: a^^ | 204
          # methods
          HEAD /none HTTP/1.1^Host: a^^ | 404
          POST /f HTTP/1.1^Host: a^Content-Length: 0^^ | 405
          PUT /f HTTP/1.1^Host: a^Content-Length: 3^^abc | 405
          PATCH /f HTTP/1.1^Host: a^^ | 405
          TRACE /f HTTP/1.1^Host: a^^ | 405
          get /f HTTP/1.1^Host: a^^ | 501
          FOO /f HTTP/1.1^Host: a^^ | 501
          # bodies that nobody wants
          GET /f HTTP/1.1^Host: a^Content-Length: 3^^abc | 200
          GET /f HTTP/1.1^Host: a^Content-Length: 3, 3^^abc | 400!
          GET /f HTTP/1.1^Host: a^Transfer-Encoding: chunked^^3^abc^0^^ | 200
          GET /f HTTP/1.1^Host: a^Transfer-Encoding: Chunked^^3;x=y^abc^0^Trailer: t^^ | 200
          # fields
          GET /f HTTP/1.1^Host: a^X:_ y _^^ | 200
          GET /f HTTP/1.1^Host: a^Empty:^^ | 200
          GET /f HTTP/1.1^Host: a^Connection: keep-alive, foo^^ | 200
          # later minor versions (RFC 9110, 2.5)
          GET /f HTTP/1.2^Host: a^^ | 200
          GET /f HTTP/1.9^Host: a^^ | 200
          ^GET /f HTTP/1.1^Host: a^^ | 200
          ^^GET /f HTTP/1.2^Host: a^^ | 200
          GET /f?%20HTTP/1.2 HTTP/1.3^Host: a^^ | 200
          GET /f HTTP/1.0^Connection: keep-alive^^ | 200
          GET /f HTTP/1.0^Connection: Keep-Alive^Host: a^^ | 200
          """)
  @Spec({"HT-1", "HT-2", "HT-3", "HT-4"})
  void requestsAreAnsweredAndTheConnectionLives(String request, String status) throws IOException {
    try (Wire wire = http.connect()) {
      wire.say(bytes(request));
      Wire.Answer answer = wire.hear(request.startsWith("HEAD"));
      boolean closes = status.endsWith("!");
      assertThat("" + answer.status()).isEqualTo(status.replace("!", ""));
      if (closes) {
        assertThat(wire.hasEnded()).isTrue();
      } else {
        assertThat(wire.ask("GET", "/f").text()).isEqualTo("hello");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          # hosts
          GET /f HTTP/1.1^^ | 400
          GET /f HTTP/1.1^Host: a^Host: a^^ | 400
          GET /f HTTP/1.1^Host: a^Host: b^^ | 400
          GET /f HTTP/1.1^Host: a b^^ | 400
          GET /f HTTP/1.1^Host: a/b^^ | 400
          GET /f HTTP/1.1^Host: a@b^^ | 400
          GET /f HTTP/1.1^Host: a:x^^ | 400
          GET http://b/f HTTP/1.1^^ | 400
          # targets
          GET f HTTP/1.1^Host: a^^ | 400
          GET * HTTP/1.1^Host: a^^ | 400
          GET a:80 HTTP/1.1^Host: a^^ | 400
          GET ftp://b/f HTTP/1.1^Host: a^^ | 400
          GET http:///f HTTP/1.1^Host: a^^ | 400
          GET http://u@b/f HTTP/1.1^Host: a^^ | 400
          GET /f#x HTTP/1.1^Host: a^^ | 400
          GET /f x HTTP/1.1^Host: a^^ | 400
          GET  HTTP/1.1^Host: a^^ | 505
          GET_/f_HTTP/1.1^Host: a^^ | 400
          GET /f_HTTP/1.1^Host: a^^ | 400
          # shapes that smuggle
          GET /f HTTP/1.1^Host: a^Content-Length: 3^Transfer-Encoding: chunked^^0^^ | 400
          GET /f HTTP/1.1^Host: a^Transfer-Encoding: chunked^Content-Length: 3^^0^^ | 400
          GET /f HTTP/1.1^Host: a^Content-Length: 3^Content-Length: 4^^abcd | 400
          GET /f HTTP/1.1^Host: a^Content-Length: 3^Content-Length: 3^^abc | 400
          GET /f HTTP/1.1^Host: a^Content-Length: +3^^abc | 400
          GET /f HTTP/1.1^Host: a^Content-Length: -3^^abc | 400
          GET /f HTTP/1.1^Host: a^Content-Length: 0x3^^abc | 400
          GET /f HTTP/1.1^Host: a^Content-Length: 3 3^^abc | 400
          GET /f HTTP/1.1^Host: a^Content-Length:^^ | 400
          GET /f HTTP/1.1^Host: a^Content-Length: 99999999999999999999^^ | 400
          GET /f HTTP/1.1^Host: a^Transfer-Encoding: chunked, gzip^^0^^ | 400
          GET /f HTTP/1.1^Host: a^Transfer-Encoding: chunked, chunked^^0^^ | 400
          GET /f HTTP/1.1^Host: a^Transfer-Encoding: identity^^ | 4**
          GET /f HTTP/1.1^Host: a^Transfer-Encoding: gzip, chunked^^0^^ | 501
          GET /f HTTP/1.1^Host: a^Transfer-Encoding : chunked^^0^^ | 400
          GET /f HTTP/1.1^Host: a^Transfer-Encoding: xchunked^^0^^ | 4**
          GET /f HTTP/1.1^Host: a^Transfer-Encoding:^^ | 4**
          GET /f HTTP/1.0^Transfer-Encoding: chunked^^0^^ | 400
          GET /f HTTP/1.0^Connection: keep-alive^Transfer-Encoding: chunked^^0^^ | 400
          GET /f HTTP/1.1~Host: a^^ | 400
          GET /f HTTP/1.1^Host: a~^ | 400
          GET /f HTTP/1.1^Host: a^X: y~Z: z^^ | 400
          GET /f HTTP/1.1^Host: a^X : y^^ | 400
          GET /f HTTP/1.1^Host: a^X_: y^^ | 400
          GET /f HTTP/1.1^Host: a^ folded^^ | 400
          GET /f HTTP/1.1^Host: a^X: y^_folded^^ | 400
          GET /f HTTP/1.1^ Host: a^^ | 400
          GET /f HTTP/1.1^Host: a^: y^^ | 400
          GET /f HTTP/1.1^Host: a^nocolon^^ | 400
          GET /f HTTP/1.1^Host: a^X(y): z^^ | 400
          # versions
          GET /f HTTP/2.0^Host: a^^ | 505
          PRI * HTTP/2.0^^SM^^ | 505
          GET /f HTTP/0.9^Host: a^^ | 505
          GET /f HTTP/1.10^Host: a^^ | ***
          GET /f HTTP/1.^Host: a^^ | ***
          GET /f HTTP/1^Host: a^^ | ***
          GET /f HTTP/3^Host: a^^ | 505
          GET /f XTTP/1.1^Host: a^^ | ***
          GET /f http/1.1^Host: a^^ | 400
          GET /f HTTP/1.2^^ | 400
          GET /f HTTP/1.23^Host: a^^ | 505
          GET /f HTTP/1.2 ^Host: a^^ | ***
          GET /f^^ | ***
          hello^^ | 400
          # expectations
          GET /f HTTP/1.1^Host: a^Expect: tea^^ | 417
          # the connection ends when it is asked to
          GET /f HTTP/1.1^Host: a^Connection: close^^ | 200
          GET /f HTTP/1.1^Host: a^Connection: foo, Close^^ | 200
          GET /f HTTP/1.0^^ | 200
          GET /f HTTP/1.0^Host: a^Connection: close^^ | 200
          """)
  @Spec({"HT-2", "HT-3", "HT-4", "HT-5"})
  void requestsThatEndTheConnection(String request, String status) throws IOException {
    try (Wire wire = http.connect()) {
      wire.say(bytes(request));
      Wire.Answer answer = wire.hear(false);
      assertThat("" + answer.status()).matches(status.strip().replace("*", "\\d"));
      assertThat(answer.field("Connection")).isEqualTo("close");
      assertThat(wire.hasEnded()).isTrue();
    }
  }

  @Test
  @Spec("HT-2")
  void aLaterMinorVersionInPieces() throws IOException {
    try (Wire wire = http.connect()) {
      for (char c : "GET /f HTTP/1.2\r\nHost: a\r\n\r\n".toCharArray()) {
        wire.say("" + c);
      }
      assertThat(wire.hear(false).text()).isEqualTo("hello");
    }
  }

  @Test
  @Spec({"HT-1", "HT-3"})
  void manyRequestsAtOnceAreAnsweredInOrder() throws IOException {
    try (Wire wire = http.connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        all.append(i % 3 == 0 ? "HEAD" : "GET").append(i % 2 == 0 ? " /f" : " /none" + i);
        all.append(" HTTP/1.").append(i % 5 == 0 ? 2 : 1).append("\r\nHost: a\r\n");
        all.append(i % 7 == 0 ? "Content-Length: 4\r\n\r\nGET " : "\r\n");
      }
      wire.say(all.toString());
      for (int i = 0; i < 200; i++) {
        Wire.Answer answer = wire.hear(i % 3 == 0);
        assertThat(answer.status()).as("answer %d", i).isEqualTo(i % 2 == 0 ? 200 : 404);
      }
    }
  }

  @Test
  @Spec({"HT-3", "HT-24"})
  void aRequestBehindALargeAnswerIsAnswered() throws IOException {
    try (Wire wire = http.connect()) {
      String large = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
      wire.say(large + large.replace("large", "f") + large);
      assertThat(wire.hear(false).body()).hasSize(2_000_000);
      assertThat(wire.hear(false).text()).isEqualTo("hello");
      assertThat(wire.hear(false).body()).hasSize(2_000_000);
    }
  }

  @Test
  @Spec("HT-3")
  void aClientMayEndItsSideBeforeTheAnswer() throws IOException {
    try (Wire wire = http.connect()) {
      wire.say("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
      wire.endOutput();
      assertThat(wire.hear(false).body()).hasSize(2_000_000);
      assertThat(wire.hasEnded()).isTrue();
    }
  }

  @Test
  @Spec({"HT-4", "HT-7"})
  void aBodyIsAskedForOnlyIfSomebodyWantsIt() throws IOException {
    try (Wire wire = http.connect()) {
      wire.say("PUT /f HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
      assertThat(wire.hear(false).status()).isEqualTo(405);
      assertThat(wire.hasEnded()).isTrue();
    }
  }

  @Test
  @Spec("HT-4")
  void aLongBodyThatNobodyWantsEndsTheConnection() throws IOException {
    try (Wire wire = http.connect()) {
      wire.say("POST /f HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
      wire.say(new byte[500_000]);
      Wire.Answer answer = wire.hear(false);
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.field("Connection")).isEqualTo("close");
    }
  }

  @Test
  @Spec("HT-6")
  void lengthsHaveLimits() throws IOException {
    assertThat(http.ask("GET", "/f?" + "x".repeat(8_000)).status()).isEqualTo(200);
    assertThat(http.ask("GET", "/f?" + "x".repeat(8_200)).status()).isEqualTo(414);
    assertThat(http.ask("GET", "/f?" + "x".repeat(100_000)).status()).isEqualTo(414);
    assertThat(http.ask("GET", "/f", "X: " + "x".repeat(20_000)).status()).isEqualTo(200);
    assertThat(http.ask("GET", "/f", "X: " + "x".repeat(40_000)).status()).isEqualTo(431);
    assertThat(http.ask("GET", "/f", "X: " + "x".repeat(900_000)).status()).isEqualTo(431);
    assertThat(http.ask("GET", "/f", "X: y\r\n".repeat(20_000) + "Z: z").status()).isEqualTo(431);
  }

  @Test
  @Spec({"HT-6", "HT-60"})
  void aHeadThatIsNotCompleteInTimeIsToldSo() throws IOException {
    try (HttpFixture hasty =
            HttpFixture.over(root, server -> server.headTimeout(Duration.ofMillis(200)));
        Wire wire = hasty.connect();
        Wire silent = hasty.connect()) {
      wire.say("GET /f HTTP/1.1\r\nHost: ");
      assertThat(wire.hear(false).status()).isEqualTo(408);
      assertThat(wire.hasEnded()).isTrue();
      assertThat(silent.hasEnded()).isTrue();
    }
  }

  @Test
  @Spec({"HT-6", "HT-61", "HT-7"})
  void moreConnectionsThanTheCapAreToldToComeBack() throws IOException {
    try (HttpFixture small = HttpFixture.over(root, server -> server.maxConnections(1));
        Wire first = small.connect()) {
      assertThat(first.ask("GET", "/f").status()).isEqualTo(200);
      try (Wire second = small.connect()) {
        Wire.Answer answer = second.hear(false);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.field("Retry-After")).isEqualTo("5");
        assertThat(answer.fields()).containsKeys("Date", "Content-Length");
      }
    }
  }

  @Test
  @Spec("HT-8")
  void errorsAreWrittenForWhoReadsThem() throws IOException {
    Wire.Answer page = http.ask("GET", "/none", "Accept: text/html");
    assertThat(page.field("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.text()).contains("404").contains("<html");
    Wire.Answer json = http.ask("GET", "/none", "Accept: application/json");
    assertThat(json.field("Content-Type")).isEqualTo("application/json");
    assertThat(json.text()).startsWith("{").contains("404");
    Wire.Answer text = http.ask("GET", "/none", "User-Agent: curl/8");
    assertThat(text.field("Content-Type")).startsWith("text/plain");
    for (Wire.Answer answer : new Wire.Answer[] {page, json, text}) {
      assertThat(answer.text()).doesNotContain(root.toString()).doesNotContain("Exception");
    }
  }

  @Test
  @Spec("HT-7")
  void theServerFieldCanBeOff() throws IOException {
    try (HttpFixture quiet = HttpFixture.over(root, server -> server.serverField(""))) {
      assertThat(quiet.ask("GET", "/f").fields()).containsKey("Date").doesNotContainKey("Server");
      assertThat(quiet.ask("GET", "/none").fields()).doesNotContainKey("Server");
    }
  }
}
