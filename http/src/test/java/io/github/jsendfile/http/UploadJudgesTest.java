package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.Judge;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Uploads by programs that people use.
@Timeout(90)
@Spec("HT-41")
class UploadJudgesTest {
  private static final int BYTES = 5_000_000;

  @TempDir private Path directory;
  @TempDir private Path work;
  private final byte[] content = new byte[BYTES];
  private Path file;
  private Judge judge;
  private FileTree files;
  private HttpFileServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    file = Files.write(work.resolve("clip.bin"), content);
    judge = new Judge(work);
    files = FileTree.of(directory);
    UploadOptions options = UploadOptions.builder().existing(Existing.REPLACE).build();
    server = HttpFileServer.builder(files).uploads(options).start();
    url = "http://127.0.0.1:" + server.port() + "/";
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    files.close();
  }

  @Test
  void curlUploadsWholeFilesFormsAndStreams() throws IOException {
    judge.succeeds("curl", "-fsS", "-T", "clip.bin", url);
    assertThat(directory.resolve("clip.bin")).hasBinaryContent(content);
    judge.succeeds("curl", "-fsS", "-T", "clip.bin", "-H", "Transfer-Encoding: chunked", url + "c");
    assertThat(directory.resolve("c")).hasBinaryContent(content);
    judge.succeeds("curl", "-fsS", "-F", "a=@clip.bin;filename=f", "-F", "b=@clip.bin", url);
    assertThat(directory.resolve("f")).hasBinaryContent(content);
  }

  @Test
  void curlGoesOnWhereItBrokeOff() throws IOException {
    Judge.needs("curl");
    try (Wire broken = new Wire(server.port())) {
      broken.say("PUT /new HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BYTES + "\r\n\r\n");
      broken.say(Arrays.copyOf(content, BYTES / 2));
    }
    try (Wire wire = new Wire(server.port())) {
      Eventually.holds(Duration.ofSeconds(5), () -> isKept(wire), () -> "nothing is kept");
    }
    judge.succeeds("curl", "-fsS", "-C", "" + BYTES / 2, "-T", "clip.bin", url + "new");
    assertThat(directory.resolve("new")).hasBinaryContent(content);
  }

  private static boolean isKept(Wire wire) {
    try {
      return wire.ask("HEAD", "/new?upload").field("Upload-Offset").equals("" + BYTES / 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void lftpUploads() throws IOException {
    judge.succeeds("lftp", "-c", "open " + url + "; put clip.bin -o new");
    assertThat(directory.resolve("new")).hasBinaryContent(content);
  }

  /// It asks for a field `DAV`, which would be a lie; all else of its basic part holds.
  @Test
  @Spec("HT-1")
  void litmusFindsNoFaultBesidesThatThisIsNoWebDav() throws IOException {
    Judge.needs("litmus");
    String said = judge.run("env", "TESTS=basic http", "litmus", "-k", url).output();
    assertThat(said.lines().filter(line -> line.contains("FAIL")))
        .singleElement(STRING)
        .contains("options", "does not claim WebDAV");
    assertThat(said).contains("15 passed, 1 failed", "4 passed, 0 failed");
  }

  /// See `http/src/test/browser/upload.mjs`.
  @Test
  @Spec({"HT-40", "HT-47"})
  void aBrowserUploadsAndDeletesByPageAndByForm() throws IOException {
    Judge.needs("node");
    Judge.needs("chromium");
    Judge.needsNodeModules("playwright-core", "axe-core");
    Files.writeString(directory.resolve("old.txt"), "old");
    String script = Path.of("src/test/browser/upload.mjs").toAbsolutePath().toString();
    assertThat(judge.succeeds("node", script, url, file.toString(), "-"))
        .contains("resumed", "uploaded", "dropped", "deleted", "without a script");
    assertThat(directory.resolve("clip.bin")).hasBinaryContent(content);
    assertThat(directory.resolve("dropped.txt")).hasContent("dropped");
    assertThat(directory.resolve("old.txt")).doesNotExist();
  }
}
