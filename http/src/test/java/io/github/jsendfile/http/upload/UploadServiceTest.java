package io.github.jsendfile.http.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.http.exchange.Client;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.RequestBody;
import io.github.jsendfile.http.files.OpenFileCache;
import io.github.jsendfile.http.message.Heads;
import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.http.plan.FilePlanner;
import io.github.jsendfile.http.plan.Preconditions;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Spec("HT-41")
@ExtendWith(LeakCheck.class)
class UploadServiceTest {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  @TempDir private Path directory;
  private final OpenFileCache cache = new OpenFileCache(1, System::nanoTime);
  private FileTree tree;

  @BeforeEach
  void open() throws IOException {
    tree = FileTree.of(directory);
    Files.writeString(directory.resolve("old"), "old");
    Files.createDirectory(directory.resolve("folder"));
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  @Test
  void putMakesAFile() throws IOException {
    assertThat(keep("PUT", "/folder/new", "12345")).isEqualTo(201);
    assertThat(directory.resolve("folder/new")).hasContent("12345");
    assertThat(names("folder")).containsExactly("new");
  }

  @Test
  void putReplacesOnlyWhereThatIsAllowed() throws IOException {
    assertThat(keep("PUT", "/old", "new")).isEqualTo(409);
    assertThat(directory.resolve("old")).hasContent("old");
    assertThat(replace("PUT", "/old", "new")).isEqualTo(204);
    assertThat(directory.resolve("old")).hasContent("new");
  }

  @Test
  void putHonoursItsConditions() throws IOException {
    assertThat(replace("PUT", "/old", "x", "If-None-Match: *")).isEqualTo(412);
    assertThat(replace("PUT", "/old", "x", "If-Match: \"other\"")).isEqualTo(412);
    assertThat(replace("PUT", "/absent", "x", "If-Match: *")).isEqualTo(412);
    assertThat(replace("PUT", "/old", "x", "If-Match: *")).isEqualTo(204);
    assertThat(replace("PUT", "/absent", "x", "If-None-Match: *")).isEqualTo(201);
  }

  @Test
  void putRefusesWhatDoesNotFit() throws IOException {
    assertThat(replace("PUT", "/folder", "x")).isEqualTo(409);
    assertThat(replace("PUT", "/folder/", "x")).isEqualTo(409);
    assertThat(replace("PUT", "/absent/new", "x")).isEqualTo(409);
    assertThat(replace("PUT", "/old/new", "x")).isEqualTo(409);
    assertThat(replace("PUT", "/%2e%2e/new", "x")).isEqualTo(400);
    assertThat(replace("PUT", "/part", "x", "Content-Range: bytes 0-1/9")).isEqualTo(400);
    assertThat(replace("PUT", "/large", "x".repeat(11))).isEqualTo(413);
    assertThat(names("")).containsExactlyInAnyOrder("old", "folder");
  }

  @Test
  void aBrokenUploadLeavesNothingToBeSeen() throws IOException {
    Exchange exchange = exchange("PUT", "/new", new Broken());
    assertThatThrownBy(() -> service(Existing.REPLACE).answer(exchange))
        .isInstanceOf(BodyException.class);
    assertThat(names("").stream().filter(name -> !FileTree.isTemporary(name)))
        .containsExactlyInAnyOrder("old", "folder");
  }

  @Test
  @Spec("HT-62")
  void aFullDiskLeavesNothingAtAll() throws IOException {
    Exchange exchange = exchange("PUT", "/new", new TooMuch());
    assertThatThrownBy(() -> service(Existing.REPLACE).answer(exchange))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(BodyException.class);
    assertThat(names("")).containsExactlyInAnyOrder("old", "folder");
  }

  @Test
  void deleteTakesFilesAndWholeFoldersButNothingBehindALink() throws IOException {
    Path kept = Files.createDirectories(directory.resolve("kept/inner"));
    Files.writeString(kept.resolve("file"), "stays");
    Files.createDirectories(directory.resolve("folder/a/b"));
    Files.writeString(directory.resolve("folder/a/b/c"), "goes");
    Files.createSymbolicLink(directory.resolve("folder/link"), Path.of("../kept"));
    assertThat(keep("DELETE", "/folder/", "")).isEqualTo(204);
    assertThat(keep("DELETE", "/old", "")).isEqualTo(204);
    assertThat(keep("DELETE", "/", "")).isEqualTo(403);
    assertThat(names("")).containsExactly("kept");
    assertThat(kept.resolve("file")).hasContent("stays");
  }

  @Test
  void mkcolMakesAFolder() throws IOException {
    assertThat(keep("MKCOL", "/made/", "")).isEqualTo(201);
    assertThat(directory.resolve("made")).isDirectory();
    assertThat(keep("MKCOL", "/made/", "")).isEqualTo(405);
    assertThat(keep("MKCOL", "/absent/made", "")).isEqualTo(409);
    assertThat(keep("MKCOL", "/other", "body")).isEqualTo(415);
  }

  @Test
  @Spec("HT-47")
  void anotherSitesPageCanDoNothing() throws IOException {
    String[] foreign = {"Origin: http://evil.example", "Sec-Fetch-Site: cross-site"};
    for (String method : List.of("PUT", "DELETE", "MKCOL")) {
      assertThat(replace(method, "/old", "", foreign)).isEqualTo(403);
    }
    assertThat(directory.resolve("old")).hasContent("old");
    Exchange rebound =
        new Exchange(
            Heads.parse("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
            new Text(""),
            new Client(HERE, HERE));
    assertThat(service(Existing.KEEP).answer(rebound).orElseThrow().status()).isEqualTo(421);
  }

  @Test
  void readingIsLeftToOthers() throws IOException {
    assertThat(service(Existing.KEEP).answer(exchange("GET", "/old", new Text("")))).isEmpty();
  }

  private int keep(String method, String target, String body, String... lines) throws IOException {
    return status(Existing.KEEP, method, target, body, lines);
  }

  private int replace(String method, String target, String body, String... lines)
      throws IOException {
    return status(Existing.REPLACE, method, target, body, lines);
  }

  private int status(Existing existing, String method, String target, String body, String... lines)
      throws IOException {
    Exchange exchange = exchange(method, target, new Text(body), lines);
    return service(existing).answer(exchange).orElseThrow().status();
  }

  private UploadService service(Existing existing) {
    HttpClock clock = new HttpClock(InstantSource.system());
    return new UploadService(
        tree,
        cache,
        new UploadRules(existing, 10, Set.of()),
        new Quotas(tree, Quotas.UNLIMITED, Quotas.UNLIMITED),
        new FilePlanner(clock, ResponseFields.NONE),
        new Preconditions(clock));
  }

  private static Exchange exchange(
      String method, String target, RequestBody body, String... lines) {
    StringBuilder head =
        new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    Stream.of(lines).forEach(line -> head.append(line).append("\r\n"));
    head.append("Content-Length: ").append(body.length()).append("\r\n\r\n");
    return new Exchange(Heads.parse(head.toString()), body, new Client(HERE, HERE));
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve(folder))) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private record Text(String text) implements RequestBody {
    @Override
    public long received() {
      return 0;
    }

    @Override
    public Mechanism mechanism() {
      return Mechanism.BUFFERED_COPY;
    }

    @Override
    public long length() {
      return text.length();
    }

    @Override
    public int read(ByteBuffer into) {
      throw new AssertionError("is received into a file");
    }

    @Override
    public long receive(FileChannel file, long position, long mostBytes) throws IOException {
      return file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), position);
    }
  }

  private record Broken() implements RequestBody {
    @Override
    public long received() {
      return 0;
    }

    @Override
    public Mechanism mechanism() {
      return Mechanism.BUFFERED_COPY;
    }

    @Override
    public long length() {
      return 9;
    }

    @Override
    public int read(ByteBuffer into) {
      throw new AssertionError("is received into a file");
    }

    @Override
    public long receive(FileChannel file, long position, long mostBytes) throws IOException {
      file.write(ByteBuffer.wrap(new byte[5]), position);
      throw new BodyException(400, "the body broke off", 5, null);
    }
  }

  private record TooMuch() implements RequestBody {
    @Override
    public long received() {
      return 0;
    }

    @Override
    public Mechanism mechanism() {
      return Mechanism.BUFFERED_COPY;
    }

    @Override
    public long length() {
      return 9;
    }

    @Override
    public int read(ByteBuffer into) {
      throw new AssertionError("is received into a file");
    }

    @Override
    public long receive(FileChannel file, long position, long mostBytes) throws IOException {
      file.write(ByteBuffer.wrap(new byte[5]), position);
      throw new IOException("No space left on device");
    }
  }
}
