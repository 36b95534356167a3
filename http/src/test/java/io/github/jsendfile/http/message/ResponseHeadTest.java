package io.github.jsendfile.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.http.message.ResponseHead.Persistence;
import io.github.jsendfile.testkit.Spec;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Spec("HT-7")
class ResponseHeadTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("1994-11-06T08:49:37.999Z"));

  private final HttpClock clock = new HttpClock(now::get);
  private final ResponseHead heads = new ResponseHead(clock, "jsendfile");
  private final ResponseFields fields =
      ResponseFields.builder().add("Content-Length", "3").add("ETag", "\"a\"").build();

  @Test
  void hasWhatEveryResponseHas() {
    assertThat(write(heads, 200, Persistence.KEEP))
        .isEqualTo(
            """
            HTTP/1.1 200 OK\r
            Date: Sun, 06 Nov 1994 08:49:37 GMT\r
            Server: jsendfile\r
            Content-Length: 3\r
            ETag: "a"\r
            \r
            """);
  }

  @Test
  void theServerCanBeOff() {
    assertThat(write(new ResponseHead(clock, null), 200, Persistence.KEEP))
        .doesNotContain("Server");
  }

  @Test
  void theDateGoesOn() {
    write(heads, 200, Persistence.KEEP);
    now.set(Instant.parse("1994-11-06T08:49:38.001Z"));
    assertThat(write(heads, 200, Persistence.KEEP)).contains("Date: Sun, 06 Nov 1994 08:49:38 GMT");
    now.set(Instant.parse("1994-11-06T08:49:37Z"));
    assertThat(write(heads, 200, Persistence.KEEP)).contains("Date: Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @ParameterizedTest
  @CsvSource({"KEEP_1_0, keep-alive", "CLOSE, close"})
  @Spec("HT-3")
  void saysWhatHappensToTheConnection(Persistence persistence, String value) {
    assertThat(write(heads, 200, persistence)).contains("\r\nConnection: " + value + "\r\n");
    assertThat(write(heads, 200, Persistence.KEEP)).doesNotContain("Connection");
  }

  @ParameterizedTest
  @CsvSource({
    "206, Partial Content",
    "301, Moved Permanently",
    "304, Not Modified",
    "412, Precondition Failed",
    "416, Range Not Satisfiable",
    "421, Misdirected Request",
    "431, Request Header Fields Too Large",
    "507, Insufficient Storage",
    "599, ''",
  })
  void reasonsAreTheRegisteredOnes(int status, String reason) {
    assertThat(write(heads, status, Persistence.KEEP))
        .startsWith("HTTP/1.1 " + status + " " + reason + "\r\n");
  }

  @Test
  void saysHowLongItIs() {
    for (Persistence persistence : Persistence.values()) {
      assertThat(heads.length(404, fields, persistence))
          .isEqualTo(write(heads, 404, persistence).length());
    }
    ByteBuffer small = ByteBuffer.allocate(heads.length(200, fields, Persistence.KEEP) - 1);
    assertThatThrownBy(() -> heads.write(200, fields, Persistence.KEEP, small))
        .isInstanceOf(BufferOverflowException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\rb", "a\0b", "\u00e9", "a\u007f"})
  void valuesCannotEndTheLine(String value) {
    assertThatThrownBy(() -> ResponseFields.builder().add("Location", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Location");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\n", "\u00e9"})
  void namesAreTokens(String name) {
    assertThatThrownBy(() -> ResponseFields.builder().add(name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fieldsAreFoundAndReplacedWhateverTheirCase() {
    ResponseFields more =
        fields.toBuilder().set("etag", "\"b\"").add("Vary", "a").add("Vary", "b").build();
    assertThat(more.value("ETAG")).isEqualTo("\"b\"");
    assertThat(more.names()).containsExactly("Content-Length", "etag", "Vary", "Vary");
    assertThat(more.value("Age")).isNull();
    assertThat(more.toBuilder().remove("vary").addIfPresent("Age", null).build().names())
        .containsExactly("Content-Length", "etag");
    assertThat(fields.value("ETag")).isEqualTo("\"a\"");
  }

  private String write(ResponseHead writer, int status, Persistence persistence) {
    ByteBuffer into = ByteBuffer.allocate(1024);
    writer.write(status, fields, persistence, into);
    return StandardCharsets.US_ASCII.decode(into.flip()).toString();
  }
}
