package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The forms of the folder's page, as a browser without a script sends them.
@ExtendWith(LeakCheck.class)
@Timeout(30)
@Spec({"HT-1", "HT-41"})
class FormTest {
  private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxk";
  private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=" + BOUNDARY;
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String BROWSER = "Accept: text/html,*/*;q=0.8";

  @TempDir private Path directory;
  private FileTree files;
  private HttpFileServer server;
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("old"), "old");
    Files.createDirectory(directory.resolve("a folder"));
    files = FileTree.of(directory);
    server =
        HttpFileServer.builder(files)
            .uploads(UploadOptions.builder().mostBytes(1_000_000).build())
            .start();
    wire = new Wire(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    server.close();
    files.close();
  }

  private Wire.Answer post(String target, String body, String... lines) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    wire.say("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", lines));
    wire.say("\r\nContent-Length: " + bytes.length + "\r\n\r\n");
    wire.say(bytes);
    return wire.hear(false);
  }

  private static String file(String name, String content) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
        + name
        + "\"\r\nContent-Type: text/plain\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String form(String... files) {
    return String.join("", files) + "--" + BOUNDARY + "--\r\n";
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve(folder))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void severalFilesAreStored() throws IOException {
    String large = "line\r\n--almost\r\n".repeat(20_000) + "\r";
    String body = form(file("a.txt", "A"), file("empty", ""), file("large", large));
    Wire.Answer answer = post("/a%20folder/", body, MULTIPART, BROWSER);
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.field("Location")).isEqualTo("/a%20folder/");
    assertThat(names("a folder")).containsExactly("a.txt", "empty", "large");
    assertThat(directory.resolve("a folder/a.txt")).hasContent("A");
    assertThat(Files.readString(directory.resolve("a folder/large"))).isEqualTo(large);
  }

  @Test
  void aProgramIsToldWhatIsThere() throws IOException {
    Wire.Answer answer =
        post("/", form(file("a", "1"), file("b", "2")), MULTIPART, "User-Agent: curl/8.0");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("a\nb\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C:\\fakepath\\photo.jpg | photo.jpg",
        "../../etc/passwd | passwd",
        "a%22b | 'a\"b'",
        "a\\\"b | 'a\"b'",
        "ü 漢字.txt | ü 漢字.txt",
        "x\u202Etxt.exe | xtxt.exe",
        "a%0D%0Ab | ab",
      })
  void namesAreCleaned(String sent, String stored) throws IOException {
    assertThat(post("/", form(file(sent, "1")), MULTIPART, BROWSER).status()).isEqualTo(303);
    assertThat(names("")).hasSize(3).contains(stored);
  }

  @ParameterizedTest
  @CsvSource({"old, 409", ".hidden, 409", "a folder, 409", "'', 409", ".., 409", "dir/, 409"})
  void whatCannotBeStoredIsPassedOver(String name, int status) throws IOException {
    Wire.Answer answer = post("/", form(file(name, "1"), file("good", "2")), MULTIPART, BROWSER);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(names("")).containsExactly("a folder", "good", "old");
    assertThat(directory.resolve("old")).hasContent("old");
    assertThat(answer.text()).contains("<bdi>good</bdi>", "href=\"/\"");
  }

  @Test
  void namesWhatIsNotStored() throws IOException {
    String body = form(file("old", "1"), file("<new>", "2"), file("..", "3"));
    assertThat(post("/", body, MULTIPART, BROWSER).text())
        .contains("<li><bdi>old</bdi>", "<li><bdi>(no name)</bdi>", "<bdi>&lt;new&gt;</bdi>");
    String again = form(file("old", "1"), file("other", "2"));
    assertThat(post("/", again, MULTIPART, "Accept: application/json").text())
        .contains("\"refused\":[\"old\"]", "\"stored\":[\"other\"]");
    assertThat(post("/", form(file("old", "1")), MULTIPART, "User-Agent: curl/8.0").text())
        .startsWith("409 Conflict\n")
        .endsWith("  old\n");
  }

  @Test
  void aFieldWithoutAFileIsNoUpload() throws IOException {
    String field =
        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\ntext\r\n";
    assertThat(post("/", form(file("", "")), MULTIPART, BROWSER).status()).isEqualTo(303);
    assertThat(post("/", form(file("", ""), field), MULTIPART, BROWSER).status()).isEqualTo(303);
    assertThat(names("")).containsExactly("a folder", "old");
  }

  @Test
  void whatIsBrokenOrTooLongLeavesNothing() throws IOException {
    String unfinished = file("new", "content");
    assertThat(post("/", unfinished, MULTIPART, BROWSER).status()).isEqualTo(400);
    wire.close();
    wire = new Wire(server.port());
    String tooLong = form(file("new", "x".repeat(1_000_001)));
    assertThat(post("/", tooLong, MULTIPART, BROWSER).status()).isEqualTo(413);
    assertThat(names("")).containsExactly("a folder", "old");
  }

  @Test
  void foldersAreMade() throws IOException {
    Wire.Answer made = post("/", "folder=b%C3%BCcher+1", FORM, BROWSER);
    assertThat(made.status()).isEqualTo(303);
    assertThat(directory.resolve("bücher 1")).isDirectory();
    assertThat(post("/", "folder=old", FORM, BROWSER).status()).isEqualTo(409);
    assertThat(post("/", "folder=..", FORM, BROWSER).status()).isEqualTo(400);
    assertThat(post("/", "folder=a%2Fb", FORM, BROWSER).status()).isEqualTo(400);
    assertThat(post("/", "folder=.hidden", FORM, BROWSER).status()).isEqualTo(403);
    assertThat(post("/", "{}", "Content-Type: application/json").status()).isEqualTo(415);
    assertThat(post("/absent/", "folder=a", FORM, BROWSER).status()).isEqualTo(404);
  }

  @Test
  void aDeletionIsAskedAboutFirst() throws IOException {
    Wire.Answer question = wire.ask("GET", "/?delete=a%20folder", BROWSER);
    assertThat(question.status()).isEqualTo(200);
    assertThat(question.text()).contains("Delete <bdi>a folder</bdi>?", "method=\"post\"");
    assertThat(directory.resolve("a folder")).isDirectory();
    assertThat(post("/?delete=a%20folder", "", FORM, BROWSER).status()).isEqualTo(303);
    assertThat(directory.resolve("a folder")).doesNotExist();
    assertThat(post("/?delete=..", "", FORM, BROWSER).status()).isEqualTo(400);
    assertThat(post("/?delete=absent", "", FORM, BROWSER).status()).isEqualTo(404);
  }
}
