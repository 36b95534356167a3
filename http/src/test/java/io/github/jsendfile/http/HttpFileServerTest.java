package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The server as a whole, on the wire.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class HttpFileServerTest {
  private static final int LARGE = 3_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir private Path directory;
  private final byte[] large = new byte[LARGE];
  private FileTree files;
  private HttpFileServer server;
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(large);
    Files.write(directory.resolve("large.bin"), large);
    Files.writeString(directory.resolve("small.txt"), "hello");
    Files.writeString(directory.resolve(".hidden"), "no");
    Files.writeString(directory.resolve("empty"), "");
    Files.createDirectories(directory.resolve("folder/inner"));
    Files.writeString(directory.resolve("folder/a file.txt"), "inside");
    files = FileTree.of(directory);
    server = HttpFileServer.builder(files).handler(HttpFileServerTest::handle).start();
    wire = new Wire(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    server.close();
    files.close();
  }

  private static void handle(Request request, Reply reply) throws IOException {
    switch (request.path()) {
      case "/hook" -> reply.send(200, "hooked " + request.query().orElse("-"));
      case "/alias" -> reply.header("X-Alias", "yes").send("/small.txt");
      case "/echo" -> reply.send(200, "application/octet-stream", request.body().readAllBytes());
      case "/fails" -> throw new IllegalStateException("a secret");
      default -> {}
    }
  }

  @Test
  @Spec({"HT-3", "HT-7", "HT-21", "HT-22", "HT-29"})
  void smallFilesArrive() throws IOException {
    Wire.Answer answer = wire.ask("GET", "/small.txt");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("hello");
    assertThat(answer.field("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.field("Content-Length")).isEqualTo("5");
    assertThat(answer.field("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.field("Date")).endsWith("GMT");
    assertThat(answer.field("Server")).isEqualTo("JSendfile");
    assertThat(wire.ask("GET", "/empty").body()).isEmpty();
  }

  @Test
  @Spec({"HT-3", "HT-24", "HR-6", "HR-8"})
  void largeFilesAndPartsOfThemArrive() throws IOException {
    assertThat(wire.ask("GET", "/large.bin").body()).isEqualTo(large);
    Wire.Answer part = wire.ask("GET", "/large.bin", "Range: bytes=100-2000099");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(large, 100, 2_000_100));
    Wire.Answer none = wire.ask("GET", "/large.bin", "Range: bytes=3000000-");
    assertThat(none.status()).isEqualTo(416);
    assertThat(none.field("Content-Range")).isEqualTo("bytes */3000000");
    Wire.Answer two = wire.ask("GET", "/large.bin", "Range: bytes=0-9,1000-1009");
    assertThat(two.status()).isEqualTo(206);
    assertThat(two.field("Content-Type")).startsWith("multipart/byteranges; boundary=");
    assertThat(two.text()).contains("bytes 0-9/3000000", "bytes 1000-1009/3000000");
  }

  @Test
  @Spec({"HT-7", "HT-22", "HT-23", "HR-1", "HR-15"})
  void anUnchangedFileIsNotSentAgain() throws IOException {
    Wire.Answer head = wire.ask("HEAD", "/large.bin", "Range: bytes=0-1");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.field("Content-Length")).isEqualTo("" + LARGE);
    Wire.Answer again = wire.ask("GET", "/large.bin", "If-None-Match: " + head.field("ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.field("ETag")).isEqualTo(head.field("ETag"));
  }

  @Test
  @Spec({"HT-26", "HT-40"})
  void directoriesAreListedAndRedirectedTo() throws IOException {
    Wire.Answer redirect = wire.ask("GET", "/folder?x=1");
    assertThat(redirect.status()).isEqualTo(301);
    assertThat(redirect.field("Location")).isEqualTo("/folder/?x=1");
    assertThat(wire.ask("GET", "/folder/").text()).contains("a%20file.txt", "a file.txt", "inner/");
    assertThat(wire.ask("GET", "/folder/?json").text()).contains("\"a file.txt\"");
    Files.writeString(directory.resolve("folder/index.html"), "<p>index");
    assertThat(wire.ask("GET", "/folder/").text()).isEqualTo("<p>index");
  }

  @Test
  @Spec({"HT-1", "HT-8", "HT-20", "HR-12"})
  void whatCannotBeHadIsRefused() throws IOException {
    for (String target : new String[] {"/missing", "/small.txt/x", "/.hidden", "/missing/"}) {
      assertThat(wire.ask("GET", target, "If-Match: *").status()).as(target).isEqualTo(404);
    }
    Wire.Answer delete = wire.ask("DELETE", "/small.txt");
    assertThat(delete.status()).isEqualTo(405);
    assertThat(delete.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(wire.ask("BREW", "/pot").status()).isEqualTo(501);
    Wire.Answer json = wire.ask("GET", "/missing", "Accept: application/json");
    assertThat(json.text()).contains("404").doesNotContain(directory.toString());
  }

  @Test
  @Spec("HT-8")
  void anErrorHasEachFieldOnce() throws IOException {
    Wire.Answer answer = wire.ask("GET", "/large.bin", "Range: bytes=3000000-");
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.field("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.field("Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  @Spec({"HT-2", "HT-3"})
  void aRequestThatIsNoneEndsTheConnection() throws IOException {
    wire.say("GET /small.txt HTTP/1.1\r\n\r\n");
    assertThat(wire.hear(false).status()).isEqualTo(400);
    assertThat(wire.hasEnded()).isTrue();
  }

  @Test
  @Spec("HT-3")
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    String one = "GET /small.txt HTTP/1.1\r\nHost: a\r\n\r\n";
    wire.say(one + one.replace("small.txt", "empty") + one);
    assertThat(wire.hear(false).text()).isEqualTo("hello");
    assertThat(wire.hear(false).text()).isEmpty();
    assertThat(wire.hear(false).text()).isEqualTo("hello");
  }

  @Test
  @Spec("HT-4")
  void aHandlerAnswersFirst() throws IOException {
    assertThat(wire.ask("GET", "/hook?q").text()).isEqualTo("hooked q");
    Wire.Answer alias = wire.ask("GET", "/alias");
    assertThat(alias.text()).isEqualTo("hello");
    assertThat(alias.field("X-Alias")).isEqualTo("yes");
    wire.say("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nagain");
    assertThat(wire.hear(false).text()).isEqualTo("again");
    Wire.Answer failed = wire.ask("GET", "/fails");
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.text()).doesNotContain("secret");
  }

  @Test
  @Spec("HT-28")
  void aReplacedFileIsServedAnew() throws IOException {
    assertThat(wire.ask("GET", "/small.txt").text()).isEqualTo("hello");
    Path replacement = Files.writeString(directory.resolve("new"), "replaced");
    Files.move(replacement, directory.resolve("small.txt"), StandardCopyOption.REPLACE_EXISTING);
    Eventually.holds(PATIENCE, () -> served().equals("replaced"), () -> "still the old one");
    Files.delete(directory.resolve("small.txt"));
    Eventually.holds(PATIENCE, () -> served().contains("404"), () -> "still there");
  }

  private String served() {
    try {
      return wire.ask("GET", "/small.txt").text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
