package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.log.AccessLog;
import io.github.jsendfile.server.log.LogFormat;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Uploads to the server as a whole, on the wire.
@ExtendWith(LeakCheck.class)
@Timeout(30)
@Spec("HT-41")
class UploadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST = 4_000_000;

  @TempDir private Path directory;
  @TempDir private Path work;
  private FileTree files;
  private HttpFileServer server;
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("old"), "old");
    Files.createDirectory(directory.resolve("folder"));
    files = FileTree.of(directory);
    restart(UploadOptions.builder().mostBytes(MOST));
  }

  private void restart(UploadOptions.Builder options) throws IOException {
    if (server != null) {
      wire.close();
      server.close();
    }
    server =
        HttpFileServer.builder(files)
            .uploads(options.build())
            .crossOrigin("https://app.example")
            .start();
    wire = new Wire(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    server.close();
    files.close();
  }

  private Wire.Answer send(String method, String target, byte[] body, String... lines)
      throws IOException {
    return send(wire, method, target, body, lines);
  }

  private static Wire.Answer send(
      Wire wire, String method, String target, byte[] body, String... lines) throws IOException {
    wire.say(head(method, target, body.length, lines));
    wire.say(body);
    return wire.hear(false);
  }

  private static String head(String method, String target, long length, String... lines) {
    String fields = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + fields
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names(String folder) {
    try (Stream<Path> entries = Files.list(directory.resolve(folder))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Spec({"HT-1", "HT-47"})
  void whatIsPutCanBeHad() throws IOException {
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    Wire.Answer made = send("PUT", "/folder/large", large);
    assertThat(made.status()).isEqualTo(201);
    Wire.Answer got = wire.ask("GET", "/folder/large");
    assertThat(got.body()).isEqualTo(large);
    assertThat(got.field("ETag")).isEqualTo(made.field("ETag"));
    assertThat(got.field("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(names("folder")).containsExactly("large");
  }

  @Test
  @Spec("HT-44")
  void theLogSaysWhatCame() throws IOException {
    try (AccessLog log = AccessLog.to(work.resolve("log"), LogFormat.JSON);
        HttpFileServer logged =
            HttpFileServer.builder(files).uploads(UploadOptions.defaults()).accessLog(log).start();
        Wire client = new Wire(logged.port())) {
      assertThat(send(client, "PUT", "/new", new byte[100_000]).status()).isEqualTo(201);
    }
    assertThat(work.resolve("log")).content().contains("\"bytesReceived\":100000");
  }

  @Test
  void overwritesOnlyWhereThatIsAllowed() throws IOException {
    assertThat(send("PUT", "/old", bytes("new")).status()).isEqualTo(409);
    assertThat(directory.resolve("old")).hasContent("old");
    restart(UploadOptions.builder().existing(Existing.REPLACE));
    String tag = wire.ask("HEAD", "/old").field("ETag");
    Wire.Answer replaced = send("PUT", "/old", bytes("new"), "If-Match: " + tag);
    assertThat(replaced.status()).isEqualTo(204);
    assertThat(directory.resolve("old")).hasContent("new");
    assertThat(send("PUT", "/old", bytes("x"), "If-Match: " + tag).status()).isEqualTo(412);
    assertThat(wire.ask("DELETE", "/old", "If-Match: " + tag).status()).isEqualTo(412);
    assertThat(wire.ask("GET", "/old").text()).isEqualTo("new");
  }

  @Test
  @Spec("HT-4")
  void whoExpectsIsToldWhetherToGoOn() throws IOException {
    wire.say(head("PUT", "/new", 3, "Expect: 100-continue"));
    assertThat(wire.hear(false).status()).isEqualTo(100);
    wire.say("new");
    assertThat(wire.hear(false).status()).isEqualTo(201);
    wire.say(head("PUT", "/old", 3, "Expect: 100-continue"));
    assertThat(wire.hear(false).status()).isEqualTo(409);
    assertThat(wire.hasEnded()).isTrue();
  }

  @Test
  void bodiesInChunksAreTakenUpToTheBound() throws IOException {
    assertThat(chunks("/new", 3, 400_000).status()).isEqualTo(201);
    assertThat(Files.size(directory.resolve("new"))).isEqualTo(1_200_000);
    assertThat(chunks("/long", 11, 400_000).status()).isEqualTo(413);
    assertThat(names("")).containsExactly("folder", "new", "old");
  }

  private Wire.Answer chunks(String target, int count, int length) throws IOException {
    String chunk = Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
    wire.say(
        "PUT "
            + target
            + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                .replace("Host: a", "Host: localhost"));
    for (int i = 0; i < count; i++) {
      wire.say(chunk);
    }
    wire.say("0\r\n\r\n");
    return wire.hear(false);
  }

  @Test
  void whatIsTooLongIsRefusedBeforeItComes() throws IOException {
    wire.say(head("PUT", "/long", MOST + 1L, "Expect: 100-continue"));
    assertThat(wire.hear(false).status()).isEqualTo(413);
  }

  @Test
  void whatBreaksOffIsHiddenAndGoesOnWhereItWas() throws IOException {
    breakOff("/new", "1234");
    assertThat(wire.ask("GET", "/?json").text()).doesNotContain("new", "part");
    assertThat(wire.ask("GET", "/new").status()).isEqualTo(404);
    Wire.Answer wrong = send("PUT", "/new", bytes("4567890"), "Content-Range: bytes 3-9/10");
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.field("Upload-Offset")).isEqualTo("4");
    assertThat(send("PUT", "/new", bytes("1"), "Content-Range: bytes 0-0/10").status())
        .isEqualTo(409);
    assertThat(send("PUT", "/new", bytes("567"), "Content-Range: bytes 4-6/10").status())
        .isEqualTo(202);
    assertThat(send("PUT", "/new", bytes("890"), "Content-Range: bytes 7-9/10").status())
        .isEqualTo(201);
    assertThat(directory.resolve("new")).hasContent("1234567890");
    assertThat(wire.ask("HEAD", "/new?upload").status()).isEqualTo(404);
    assertThat(names("")).containsExactly("folder", "new", "old");
  }

  /// Of an upload of ten bytes.
  private void breakOff(String target, String beginning) throws IOException {
    try (Wire broken = new Wire(server.port())) {
      broken.say(head("PUT", target, 10));
      broken.say(beginning);
    }
    String address = target.contains("?") ? target : target + "?upload";
    Eventually.holds(PATIENCE, () -> offset(address).equals("" + beginning.length()), () -> "none");
  }

  private String offset(String address) {
    try {
      return wire.ask("HEAD", address).field("Upload-Offset");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoFilesOfOneNameAreNotMixed() throws IOException {
    breakOff("/new?upload=10-2020", "1234");
    assertThat(offset("/new?upload")).isEmpty();
    assertThat(offset("/new?upload=10-2021")).isEmpty();
    assertThat(offset("/other?upload=10-2020")).isEmpty();
    assertThat(send("PUT", "/new", bytes("whole")).status()).isEqualTo(201);
    assertThat(offset("/new?upload=10-2020")).isEqualTo("4");
    assertThat(wire.ask("DELETE", "/new?upload=10-2020").status()).isEqualTo(204);
    assertThat(wire.ask("DELETE", "/new?upload=10-2020").status()).isEqualTo(404);
    assertThat(directory.resolve("new")).hasContent("whole");
  }

  @Test
  void ofTwoAtOnceOneIsThereWhole() throws IOException {
    restart(UploadOptions.builder().existing(Existing.REPLACE));
    byte[] a = new byte[1_000_000];
    byte[] b = new byte[1_000_001];
    Arrays.fill(a, (byte) 'a');
    Arrays.fill(b, (byte) 'b');
    try (Wire second = new Wire(server.port())) {
      wire.say(head("PUT", "/new", a.length));
      wire.say(Arrays.copyOf(a, 500_000));
      assertThat(send(second, "PUT", "/new", b).status()).isEqualTo(201);
      assertThat(second.ask("GET", "/new").body()).isEqualTo(b);
      wire.say(Arrays.copyOfRange(a, 500_000, a.length));
      assertThat(wire.hear(false).status()).isBetween(201, 204);
      assertThat(second.ask("GET", "/new?again").body()).hasSizeGreaterThan(0);
    }
    assertThat(directory.resolve("new")).hasBinaryContent(a);
    assertThat(names("")).containsExactly("folder", "new", "old");
  }

  @Test
  @Spec("HT-62")
  void theQuotaHoldsForEverythingThatIsThere() throws IOException {
    restart(UploadOptions.builder().quotaBytes(20));
    assertThat(send("PUT", "/new", new byte[18]).status()).isEqualTo(507);
    wire.close();
    wire = new Wire(server.port());
    breakOff("/part", "1234567");
    assertThat(send("PUT", "/new", new byte[10]).status()).isEqualTo(201);
    assertThat(chunks("/more", 1, 1).status()).isEqualTo(507);
    assertThat(names("")).hasSize(4).contains("new", "old", "folder");
  }

  @Test
  @Spec("HT-1")
  void otherMethodsAreToldWhatIsAllowed() throws IOException {
    Wire.Answer again = wire.ask("MKCOL", "/folder");
    assertThat(again.status()).isEqualTo(405);
    assertThat(again.field("Allow")).contains("PUT").doesNotContain("MKCOL");
    Wire.Answer file = send("POST", "/old", bytes("x"));
    assertThat(file.status()).isEqualTo(405);
    assertThat(file.field("Allow")).contains("PUT").doesNotContain("POST");
    assertThat(wire.ask("OPTIONS", "/old").field("Allow")).contains("PUT", "POST", "DELETE");
    assertThat(wire.ask("PROPFIND", "/old").status()).isEqualTo(405);
    assertThat(wire.ask("BREW", "/old").status()).isEqualTo(501);
  }

  @Test
  @Spec("HT-47")
  void pagesElsewhereAndNamesElsewhereCanDoNothing() throws IOException {
    for (String field : List.of("Origin: http://evil.example", "Sec-Fetch-Site: cross-site")) {
      assertThat(wire.ask("DELETE", "/old", field).status()).isEqualTo(403);
      assertThat(send("PUT", "/new", bytes("x"), field).status()).isEqualTo(403);
      assertThat(send("POST", "/", bytes("folder=x"), field).status()).isEqualTo(403);
      assertThat(wire.ask("MKCOL", "/made", field).status()).isEqualTo(403);
    }
    wire.say("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assertThat(wire.hear(false).status()).isEqualTo(421);
    restart(UploadOptions.builder().hostNames(Set.of("files.example")));
    wire.say("GET / HTTP/1.1\r\nHost: files.example:81\r\n\r\n");
    assertThat(wire.hear(false).status()).isEqualTo(200);
    assertThat(names("")).containsExactly("folder", "old");
  }

  @Test
  @Spec("HT-43")
  void pagesThatAreAllowedToMayReadAndAreToldSo() throws IOException {
    String ask = "Access-Control-Request-Method: GET";
    Wire.Answer preflight = wire.ask("OPTIONS", "/old", "Origin: https://app.example", ask);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.field("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    assertThat(preflight.field("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
    assertThat(preflight.field("Access-Control-Allow-Headers")).contains("Range");
    assertThat(wire.ask("OPTIONS", "/old", "Origin: https://evil.example", ask).fields())
        .doesNotContainKey("Access-Control-Allow-Origin");
    for (String path : List.of("/old", "/?json", "/absent")) {
      Wire.Answer got = wire.ask("GET", path, "Origin: https://app.example");
      assertThat(got.field("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
      assertThat(got.field("Vary")).contains("Origin");
    }
    assertThat(wire.ask("DELETE", "/old", "Origin: https://app.example").status()).isEqualTo(403);
  }

  @Test
  void deletingAFolderTakesWhatHasBrokenOffInIt() throws IOException {
    breakOff("/folder/new", "1234");
    assertThat(names("folder")).hasSize(1);
    assertThat(wire.ask("DELETE", "/folder/").status()).isEqualTo(204);
    Files.createDirectory(directory.resolve("folder"));
    Files.writeString(directory.resolve("folder/.hidden"), "x");
    Files.writeString(directory.resolve("folder/shown"), "x");
    assertThat(wire.ask("DELETE", "/folder/").status()).isEqualTo(409);
    assertThat(names("folder")).containsExactly(".hidden", "shown");
  }
}
