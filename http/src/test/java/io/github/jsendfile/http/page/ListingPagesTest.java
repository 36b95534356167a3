package io.github.jsendfile.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.exchange.AnswerSink;
import io.github.jsendfile.http.exchange.Client;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.RequestBody;
import io.github.jsendfile.http.message.Heads;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Spec("HT-40")
@ExtendWith(LeakCheck.class)
class ListingPagesTest {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  @TempDir Path directory;
  private FileTree tree;
  private ListingPages pages;

  @BeforeEach
  void open() throws IOException {
    tree = FileTree.of(directory);
    pages = new ListingPages(tree, _ -> new Abilities(true, true, false, true, true));
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  @Test
  void showsWhatIsThere() throws IOException {
    Files.writeString(directory.resolve("b.txt"), "12345");
    Files.writeString(directory.resolve("back\\slash"), "1");
    Files.createDirectory(directory.resolve("z"));
    assertThat(text(get("/", "Accept: text/html")))
        .containsSubsequence("href=\"z/\"", "href=\"b.txt\"", ">5 B<", "back\\slash")
        .doesNotContain("href=\"back");
  }

  @Test
  void tellsTheLengthOfAShortPageAndThePolicyOfEach() throws IOException {
    Answer answer = get("/", "Accept: text/html");
    assertThat(answer.body().length()).isPositive();
    assertThat(answer.fields().value("Content-Security-Policy")).contains("'sha256-");
    assertThat(answer.fields().value("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.fields().value("Vary")).contains("Accept");
  }

  @Test
  void filtersByName() throws IOException {
    Files.createFile(directory.resolve("One"));
    Files.createFile(directory.resolve("two"));
    assertThat(text(get("/?filter=oNE&text"))).contains("One").doesNotContain("two");
  }

  @Test
  void asksBeforeItDeletes() throws IOException {
    assertThat(text(get("/?delete=a%0A%3Cb")))
        .contains("<form class=\"choices\" method=\"post\" action=\"?delete=a%0A%3Cb\">")
        .contains("Delete <bdi>a\u240A&lt;b</bdi>?");
  }

  @Test
  void sortsUpToABoundAndShowsMoreInPages() throws IOException {
    make(FolderReader.MOST_SORTED);
    String sorted = text(get("/?sort=name&order=desc", "Accept: text/html"));
    assertThat(sorted).contains("20000 files").contains("aria-sort=\"descending\"");
    assertThat(count(sorted, "<tr><th scope=\"row\"")).isEqualTo(20_000);

    Files.createFile(directory.resolve("one-more"));
    String first = text(get("/", "Accept: text/html"));
    assertThat(first).contains("too many entries to sort").contains("?page=2");
    assertThat(count(first, "<tr><th scope=\"row\"")).isEqualTo(FolderReader.PAGE_ENTRIES);
    String last = text(get("/?page=5", "Accept: text/html"));
    assertThat(count(last, "<tr><th scope=\"row\"")).isEqualTo(1);
    assertThat(last).contains("?page=4").doesNotContain("?page=6");
    assertThat(count(text(get("/?page=99999999999", "Accept: text/html")), "<tr><th scope=\"row\""))
        .isEqualTo(FolderReader.PAGE_ENTRIES);
    assertThat(text(get("/?filter=one-more", "Accept: text/html"))).contains("href=\"one-more\"");

    String json = text(get("/?json"));
    assertThat(json).startsWith("{\"path\":\"/\",\"sorted\":false,");
    assertThat(count(json, "\"name\":")).isEqualTo(20_001);
    assertThat(count(text(get("/", "User-Agent: curl/8.5.0")), "\n")).isEqualTo(20_001);
  }

  @Test
  void closesWhatItDoesNotSend() throws IOException {
    make(FolderReader.MOST_SORTED + 1);
    get("/?json").body().close();
  }

  private void make(int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Files.createFile(directory.resolve("f" + i));
    }
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  private Answer get(String target, String... lines) throws IOException {
    String head =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: a\r\n"
            + String.join("\r\n", lines)
            + (lines.length > 0 ? "\r\n\r\n" : "\r\n");
    Exchange exchange = new Exchange(Heads.parse(head), new NoBody(), new Client(HERE, HERE));
    return pages.answer(exchange, TreePath.ROOT).orElseThrow();
  }

  /// What the answer says, which is then closed.
  private static String text(Answer answer) throws IOException {
    Collected sink = new Collected();
    try (AnswerBody body = answer.body()) {
      switch (body) {
        case AnswerBody.Bytes(ByteBuffer bytes) -> sink.write(bytes.duplicate());
        case AnswerBody.Written written -> written.writer().writeTo(sink);
        default -> throw new AssertionError(body);
      }
    }
    return sink.bytes.toString(StandardCharsets.UTF_8).replace(Assets.SCRIPT, "");
  }

  private static final class Collected implements AnswerSink {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(ByteBuffer buffer) {
      while (buffer.hasRemaining()) {
        bytes.write(buffer.get());
      }
    }

    @Override
    public void send(FileRegion region) {
      throw new AssertionError("a page has no file in it");
    }

    @Override
    public OutputStream stream() {
      return bytes;
    }
  }

  private static final class NoBody implements RequestBody {
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
      return 0;
    }

    @Override
    public int read(ByteBuffer into) {
      return -1;
    }

    @Override
    public long receive(FileChannel file, long position, long mostBytes) {
      return 0;
    }
  }
}
