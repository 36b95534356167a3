package io.github.jsendfile.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Looking, opening and listing.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource(Trees.Holding.class)
@Timeout(30)
class FileTreeReadTest {
  private static final List<String> CODED = List.of(".br", ".zst", ".gz");

  @Parameter Trees.Holding holding;

  @TempDir Path directory;
  private Path root;
  private FileTree tree;

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectories(directory.resolve("root"));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/c.txt"), "deep");
    Files.writeString(root.resolve("top.txt"), "top!");
    Files.writeString(root.resolve(".secret"), "hidden");
    Files.writeString(directory.resolve("outside.txt"), "OUTSIDE");
    tree = holding.builder(root).build();
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  @Test
  void tellsFacts() throws IOException {
    FileFacts facts = facts("/a/b/c.txt");
    assertThat(facts.kind()).isEqualTo(FileFacts.Kind.REGULAR);
    assertThat(facts.size()).isEqualTo(4);
    assertThat(facts.lastModified())
        .isEqualTo(Files.getLastModifiedTime(root.resolve("a/b/c.txt")).toInstant());
    assertThat(facts("/").isDirectory()).isTrue();
    assertThat(facts("/a/b").isDirectory()).isTrue();
  }

  @Test
  void opens() throws IOException {
    assertThat(Trees.read(tree, "/top.txt")).isEqualTo("top!");
    assertThat(Trees.read(tree, "/a/b/c.txt")).isEqualTo("deep");
    try (OpenFile file = tree.open(TreePath.parse("/a/b/c.txt"))) {
      assertThat(file.facts().size()).isEqualTo(4);
      assertThat(file.path()).hasToString("/a/b/c.txt");
    }
  }

  @Test
  void tellsWhatStandsBesideAFile() throws IOException {
    Files.writeString(root.resolve("a/b/c.txt.gz"), "coded");
    Files.createDirectory(root.resolve("a/b/c.txt.zst"));
    Files.createSymbolicLink(root.resolve("a/b/c.txt.br"), root.resolve("top.txt"));
    Files.createSymbolicLink(root.resolve("top.txt.gz"), directory.resolve("outside.txt"));
    Files.createSymbolicLink(root.resolve("top.txt.br"), Path.of("nothing"));
    assertThat(beside("/a/b/c.txt")).containsOnlyKeys(".gz", ".br");
    assertThat(beside("/a/b/c.txt").get(".gz")).isEqualTo(5L);
    assertThat(beside("/top.txt")).isEmpty();
    assertFails(NoSuchFileException.class, "/x", () -> tree.beside(TreePath.parse("/x"), CODED));
  }

  /// Where it is asked for, not where it is.
  @Test
  void whatStandsBesideALinkIsNotWhatStandsBesideItsTarget() throws IOException {
    Files.createSymbolicLink(root.resolve("link.txt"), Path.of("a/b/c.txt"));
    Files.writeString(root.resolve("link.txt.gz"), "of the link");
    Files.writeString(root.resolve("a/b/c.txt.br"), "of the target");
    assertThat(beside("/link.txt")).containsOnlyKeys(".gz");
    assertThat(beside("/a/b/c.txt")).containsOnlyKeys(".br");
  }

  /// The sizes of what there is, looked for alone and in opening.
  private Map<String, Long> beside(String path) throws IOException {
    try (OpenFile file = tree.open(TreePath.parse(path), CODED)) {
      assertThat(sizes(file.beside())).isEqualTo(sizes(tree.beside(file.path(), CODED)));
      return sizes(file.beside());
    }
  }

  private static Map<String, Long> sizes(Map<String, FileFacts> facts) {
    Map<String, Long> sizes = new TreeMap<>();
    facts.forEach((suffix, fact) -> sizes.put(suffix, fact.size()));
    return sizes;
  }

  @Test
  void lists() throws IOException {
    assertThat(Trees.names(tree, "/")).containsExactly("a", "top.txt");
    assertThat(Trees.names(tree, "/a/b")).containsExactly("c.txt");
    assertThat(Trees.list(tree, "/a/b").getFirst().facts().size()).isEqualTo(4);
  }

  @Test
  void failsWithTheClientsPath() {
    assertFails(NoSuchFileException.class, "/missing", () -> facts("/missing"));
    assertFails(NoSuchFileException.class, "/a/x/y", () -> facts("/a/x/y"));
    assertFails(NotDirectoryException.class, "/top.txt/x", () -> facts("/top.txt/x"));
    assertFails(NotDirectoryException.class, "/top.txt", () -> Trees.list(tree, "/top.txt"));
    assertFails(FileSystemException.class, "/a: is a directory", () -> Trees.read(tree, "/a"));
    assertFails(FileSystemException.class, "/: is a directory", () -> Trees.read(tree, "/"));
  }

  @Test
  void hidesDottedNames() throws IOException {
    assertFails(NoSuchFileException.class, "/.secret", () -> facts("/.secret"));
    try (FileTree shown = holding.builder(root).hiddenFiles(HiddenFiles.SHOWN).build()) {
      assertThat(Trees.read(shown, "/.secret")).isEqualTo("hidden");
      assertThat(Trees.names(shown, "/")).containsExactly(".secret", "a", "top.txt");
    }
  }

  @Test
  void neverLeavesTheRoot() throws IOException {
    Files.createSymbolicLink(root.resolve("out"), directory.resolve("outside.txt"));
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("in"), Path.of("a/b"));
    assertFails(NoSuchFileException.class, "/out", () -> Trees.read(tree, "/out"));
    assertFails(
        NoSuchFileException.class, "/up/outside.txt", () -> Trees.read(tree, "/up/outside.txt"));
    assertThat(Trees.read(tree, "/in/c.txt")).isEqualTo("deep");
    assertThat(Trees.read(tree, "/../../outside.txt/../../../top.txt")).isEqualTo("top!");
  }

  private FileFacts facts(String path) throws IOException {
    return tree.facts(TreePath.parse(path));
  }

  private static void assertFails(
      Class<? extends IOException> type, String message, ThrowingCallable call) {
    assertThatThrownBy(call).isExactlyInstanceOf(type).hasMessage(message);
  }
}
