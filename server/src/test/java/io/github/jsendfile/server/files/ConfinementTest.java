package io.github.jsendfile.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.SymbolicLinks;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No spelling of a path and no link leads out of the root.
@Spec("FT-43")
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource(Trees.Holding.class)
@Timeout(180)
class ConfinementTest {
  private static final String OUTSIDE = "OUTSIDE";
  private static final int COMMIT_EVERY = 20; // each waits for the disk
  private static final List<String> TOKENS =
      List.of(
          "/",
          "//",
          "..",
          ".",
          "a",
          "b",
          "in",
          "up",
          "out",
          "absolute",
          "chain",
          "self",
          "loop",
          "\\",
          "%2e",
          "%2f",
          "\0",
          " ",
          "top.txt",
          "outside.txt",
          "elsewhere",
          "é",
          "\uFFFD",
          "\uD800",
          ":",
          "~",
          "root",
          "twice",
          "dangling");

  @Parameter Trees.Holding holding;

  @TempDir Path directory;
  private Path root;
  private FileTree tree;
  private int writeCount;

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectories(directory.resolve("root"));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/c.txt"), "deep");
    Files.writeString(root.resolve("top.txt"), "top!");
    Files.createDirectory(directory.resolve("elsewhere"));
    Files.writeString(directory.resolve("elsewhere/outside.txt"), OUTSIDE);
    Files.writeString(directory.resolve("outside.txt"), OUTSIDE);
    link("out", "../outside.txt");
    link("up", "..");
    link("absolute", directory.resolve("elsewhere").toString());
    link("chain", "twice");
    link("twice", "absolute");
    link("loop", "loop");
    link("self", ".");
    link("in", "a/b");
    link("dangling", "../not-yet");
    tree = holding.builder(root).hiddenFiles(HiddenFiles.SHOWN).build();
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  @Test
  void spellingsStayInside() throws IOException {
    List<String> spellings = corpus();
    assertThat(spellings).hasSizeGreaterThan(300);
    for (String spelling : spellings) {
      for (String each : readings(spelling)) {
        assertStaysInside(each);
      }
    }
    assertOutsideIsAsItWas();
  }

  @Test
  void randomSpellingsStayInside() throws IOException {
    Random random = new Random(20_261_124);
    for (int i = 0; i < 300; i++) {
      StringBuilder spelling = new StringBuilder();
      for (int tokens = random.nextInt(1, 9); tokens > 0; tokens--) {
        spelling.append(TOKENS.get(random.nextInt(TOKENS.size())));
      }
      assertStaysInside(spelling.toString());
    }
    assertOutsideIsAsItWas();
  }

  @Test
  void linksInsideAreFollowed() throws IOException {
    link("a/back", "../a/b");
    link("spelt", root.resolve("a").toString());
    link("around", "../root/top.txt");
    link("to-root", root.toRealPath().toString());
    assertThat(Trees.read(tree, "/in/c.txt")).isEqualTo("deep");
    assertThat(Trees.read(tree, "/a/back/c.txt")).isEqualTo("deep");
    assertThat(Trees.read(tree, "/spelt/b/c.txt")).isEqualTo("deep");
    assertThat(Trees.read(tree, "/around")).isEqualTo("top!");
    assertThat(Trees.read(tree, "/self/self/in/c.txt")).isEqualTo("deep");
    assertThat(Trees.names(tree, "/to-root/a")).containsExactly("b", "back");
    assertThat(Trees.names(tree, "/self")).contains("a", "top.txt");
  }

  @Test
  void linksOutsideAreListedAsLinksOnly() throws IOException {
    for (DirectoryEntry entry : Trees.list(tree, "/")) {
      boolean isOut =
          List.of("out", "up", "absolute", "chain", "twice", "loop", "dangling")
              .contains(entry.name());
      assertThat(entry.facts().kind() == FileFacts.Kind.LINK).as(entry.name()).isEqualTo(isOut);
    }
  }

  @Test
  void followsEverywhereOrNeverOnDemand() throws IOException {
    try (FileTree everywhere = holding.builder(root).links(SymbolicLinks.EVERYWHERE).build();
        FileTree never = holding.builder(root).links(SymbolicLinks.NEVER).build()) {
      assertThat(Trees.read(everywhere, "/out")).isEqualTo(OUTSIDE);
      assertThat(Trees.read(everywhere, "/chain/outside.txt")).isEqualTo(OUTSIDE);
      assertThat(Trees.read(everywhere, "/in/c.txt")).isEqualTo("deep");
      assertThat(Trees.names(everywhere, "/absolute")).containsExactly("outside.txt");
      assertThatThrownBy(() -> Trees.read(never, "/in/c.txt"))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(Trees.read(never, "/a/b/c.txt")).isEqualTo("deep");
    }
  }

  private void assertStaysInside(String spelling) throws IOException {
    TreePath path;
    try {
      path = TreePath.parse(spelling);
    } catch (InvalidPathException e) {
      assertThat(spelling).contains("\0");
      return;
    }
    assertThat(path.names()).doesNotContain("..", ".", "");
    attempt(() -> assertThat(Trees.read(tree, path.toString())).isNotEqualTo(OUTSIDE));
    attempt(() -> assertThat(keysIn(path)).doesNotContain(keyOf("outside.txt")));
    attempt(() -> assertThat(keysIn(path)).doesNotContain(keyOf("elsewhere/outside.txt")));
    attempt(() -> tree.openForWriting(path).close());
    attempt(() -> tree.setLastModified(path, java.time.Instant.now()));
    attempt(() -> tree.move(TreePath.parse("/out"), path.child("elsewhere"), Existing.KEEP));
    attempt(() -> tree.move(path.child("elsewhere"), TreePath.parse("/out"), Existing.KEEP));
    attempt(() -> write(path.child("not-yet")));
    attempt(() -> tree.delete(path.child("not-yet")));
    attempt(() -> tree.createDirectory(path.child("not-yet")));
    attempt(() -> tree.delete(path.child("not-yet")));
    attempt(() -> tree.delete(path.child("outside.txt")));
  }

  private List<Object> keysIn(TreePath path) throws IOException {
    return Trees.list(tree, path.toString()).stream()
        .map(entry -> entry.facts().key().orElseThrow())
        .toList();
  }

  /// A file of the same name may come to be inside, but not the same file.
  private Object keyOf(String file) throws IOException {
    return Files.readAttributes(
            directory.resolve(file), java.nio.file.attribute.BasicFileAttributes.class)
        .fileKey();
  }

  private interface Attempt {
    void run() throws IOException;
  }

  /// Whatever comes of it: a result or an I/O failure that names no path of the machine.
  private void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException e) {
      assertThat(e.getMessage()).doesNotContain(directory.toString());
      assertThat(e.getCause()).isNull();
    }
  }

  private void write(TreePath path) throws IOException {
    try (NewFile file = tree.create(path)) {
      file.channel().write(ByteBuffer.wrap(new byte[] {1}));
      if (++writeCount % COMMIT_EVERY == 0) {
        file.commit(Existing.KEEP, Durability.WRITTEN);
      }
    }
  }

  private void assertOutsideIsAsItWas() throws IOException {
    try (Stream<Path> entries = Files.list(directory);
        Stream<Path> elsewhere = Files.list(directory.resolve("elsewhere"))) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("root", "elsewhere", "outside.txt");
      assertThat(elsewhere.map(entry -> entry.getFileName().toString()))
          .containsExactly("outside.txt");
    }
    assertThat(directory.resolve("outside.txt")).hasContent(OUTSIDE);
    assertThat(directory.resolve("elsewhere/outside.txt")).hasContent(OUTSIDE);
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  private static List<String> corpus() throws IOException {
    List<String> spellings = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ConfinementTest.class.getResourceAsStream("paths.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          spellings.add(unescaped(line));
        }
      }
    }
    return spellings;
  }

  private static String unescaped(String line) {
    return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
        .matcher(line)
        .replaceAll(
            match ->
                java.util.regex.Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 16))))
        .replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\\\", "\\");
  }

  /// As it is, and as it is after decoding once and twice.
  private static Set<String> readings(String spelling) {
    String once = decoded(spelling);
    return new LinkedHashSet<>(List.of(spelling, once, decoded(once)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
