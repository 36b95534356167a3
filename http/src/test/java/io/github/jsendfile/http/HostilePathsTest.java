package io.github.jsendfile.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Hundreds of spellings that try to get out of the root, or to have a thread hang.
@ExtendWith(LeakCheck.class)
@Timeout(60)
@Spec({"HT-20", "HT-8"})
class HostilePathsTest {
  private static final String SECRET = "S3CRET";

  private static final String[] UP = {
    "..",
    "%2e%2e",
    "%2E%2E",
    ".%2e",
    "%2e.",
    "%252e%252e",
    "%25252e%25252e",
    "..%00",
    "..%0a",
    "..%20",
    "..;",
    "..;x",
    "...",
    "....",
    "%c0%ae%c0%ae",
    "%e0%80%ae%e0%80%ae",
    "%u002e%u002e",
    "%uff0e%uff0e",
    "．．",
    "‥",
    "%ff%fe.%00.%00",
    "..%c0%af",
    "..~",
    "%2e%2e%2e",
    ".%00.",
    "\\.."
  };
  private static final String[] SEPARATORS = {
    "/",
    "//",
    "/./",
    "/%2e/",
    "%2f",
    "%2F",
    "%5c",
    "\\",
    "%252f",
    "%255c",
    "%c0%af",
    "%e0%80%af",
    "%u2215",
    "/;/",
    "∕",
    "⧵",
    "%00/"
  };

  @TempDir private Path directory;
  private Path root;
  private HttpFixture http;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("secret"), SECRET);
    root = Files.createDirectories(directory.resolve("root"));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/f"), "inside");
    Files.writeString(root.resolve(".hidden"), SECRET);
    Files.writeString(Files.createDirectory(root.resolve(".git")).resolve("config"), SECRET);
    http = HttpFixture.over(root);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  private void refuses(List<String> targets) throws IOException {
    for (String target : targets) {
      Wire.Answer answer = http.ask("GET", new String(target.getBytes(UTF_8), ISO_8859_1));
      assertThat(answer.status()).as(target).isIn(400, 403, 404);
      assertThat(answer.text()).as(target).doesNotContain(SECRET, directory.toString());
    }
  }

  @Test
  void nothingLeadsOut() throws IOException {
    List<String> targets = new ArrayList<>();
    for (String up : UP) {
      for (String separator : SEPARATORS) {
        targets.add("/" + up + separator + "secret");
        targets.add("/a/b" + (separator + up).repeat(3) + separator + "secret");
      }
      targets.add("/" + up);
      targets.add("/a/" + up + "/");
      targets.add("http://host/" + up + "/secret");
    }
    assertThat(targets).hasSizeGreaterThan(900);
    refuses(targets);
  }

  @Test
  void absoluteAndHiddenNamesAreNone() throws IOException {
    List<String> targets = new ArrayList<>();
    for (String path : new String[] {directory + "/secret", "/etc/passwd", "/proc/self/environ"}) {
      targets.add("/" + path);
      targets.add("/" + path.replace("/", "%2f"));
      targets.add("/file:" + path);
      targets.add("/file://" + path);
      targets.add("/a" + path);
      targets.add("/~root" + path);
      targets.add("/%00" + path);
    }
    targets.addAll(
        List.of(
            "/.hidden",
            "/%2ehidden",
            "/%2Ehidden",
            "/a/../.hidden",
            "//.hidden",
            "/.git/config",
            "/.git/",
            "/.git",
            "/%2egit/config",
            "/.hidden/",
            "/.hidden%00",
            "/.HIDDEN"));
    refuses(targets);
  }

  @Test
  void linksLeadOnlyWhereTheyMay() throws IOException {
    link("out", "../secret");
    link("far", directory.resolve("secret").toString());
    link("up", "..");
    link("zero", "/dev/zero");
    link("self", "self");
    link("ping", "pong");
    link("pong", "ping");
    link("deep", "a/b/../../../secret");
    link("nowhere", "nothing");
    link("in", "a/b/f");
    refuses(
        List.of(
            "/out",
            "/far",
            "/up/secret",
            "/up/",
            "/up/root/a/b/f",
            "/zero",
            "/self",
            "/self/x",
            "/ping",
            "/deep",
            "/nowhere",
            "/out/",
            "/zero/"));
    assertThat(http.ask("GET", "/in").text()).isEqualTo("inside");
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  @Test
  void whatIsNoFileIsRefusedBeforeItIsOpened() throws Exception {
    Path fifo = io.github.jsendfile.testkit.OddFiles.in(root).fifo();
    link("to-fifo", fifo.getFileName().toString());
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
      for (int i = 0; i < 20; i++) { // more than there are carrier threads
        refuses(List.of("/" + fifo.getFileName(), "/to-fifo", "/socket", "/socket/x"));
      }
    }
    assertThat(http.ask("GET", "/").text()).contains("fifo");
    assertThat(http.ask("GET", "/a/b/f").text()).isEqualTo("inside");
  }

  @Test
  void longNamesAndDeepPathsAreNotFound() throws IOException {
    refuses(
        List.of(
            "/" + "x".repeat(255),
            "/" + "x".repeat(256),
            "/" + "x".repeat(4000),
            "/" + "%C3%A9".repeat(128),
            "/" + "x/".repeat(2000),
            "/" + "a/b/".repeat(1000)));
  }
}
