package io.github.jsendfile.server.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths as clients write them.
class TreePathTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "'', /",
    "//, /",
    "., /",
    "/.., /",
    "../../.., /",
    "a, /a",
    "/a, /a",
    "/a/, /a",
    "/a/b, /a/b",
    "//a///b//, /a/b",
    "/./a/./b/., /a/b",
    "/a/../b, /b",
    "/a/b/../../../../c, /c",
    "/../a/c/../b, /a/b",
    "/.../a, /.../a",
    "/..a/b.., /..a/b..",
    "/.x, /.x",
    "/a\\..\\b, /a\\..\\b",
    "/ä ö/%2e%2e, /ä ö/%2e%2e",
    "' /a', '/ /a'",
  })
  void parses(String written, String meant) {
    assertThat(TreePath.parse(written)).hasToString(meant);
    assertThat(TreePath.parse(written)).isEqualTo(TreePath.parse(meant));
  }

  @ParameterizedTest
  @CsvSource({
    "/, a, /a",
    "/a/b, c, /a/b/c",
    "/a/b, /c, /c",
    "/a/b, .., /a",
    "/a/b, ../../.., /",
    "/a/b, ../../../etc, /etc",
    "/a/b, ., /a/b",
    "/a/b, '', /a/b",
    "/a, ../a/./b/, /a/b",
  })
  void resolvesFromADirectory(String directory, String written, String meant) {
    assertThat(TreePath.parse(directory).resolve(written)).hasToString(meant);
  }

  @Test
  void takesApart() {
    TreePath path = TreePath.parse("/a/b/c.txt");
    assertThat(path.names()).isEqualTo(List.of("a", "b", "c.txt"));
    assertThat(path.name()).isEqualTo("c.txt");
    assertThat(path.parent()).hasToString("/a/b");
    assertThat(path.parent().parent().parent().parent()).isEqualTo(TreePath.ROOT);
    assertThat(TreePath.ROOT.names()).isEmpty();
    assertThat(TreePath.ROOT.name()).isEmpty();
    assertThat(TreePath.ROOT.isRoot()).isTrue();
    assertThat(path.isRoot()).isFalse();
    assertThat(TreePath.ROOT.child("x").child("y")).hasToString("/x/y");
  }

  @Test
  void knowsWhatIsBelowIt() {
    TreePath path = TreePath.parse("/a/b");
    assertThat(path.startsWith(TreePath.ROOT)).isTrue();
    assertThat(path.startsWith(TreePath.parse("/a"))).isTrue();
    assertThat(path.startsWith(path)).isTrue();
    assertThat(path.startsWith(TreePath.parse("/a/bc"))).isFalse();
    assertThat(TreePath.parse("/a/bc").startsWith(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\0", "\0", "a/b\0c/d", "/..\0/x"})
  void refusesNul(String path) {
    assertThatThrownBy(() -> TreePath.parse(path)).isInstanceOf(InvalidPathException.class);
    assertThatThrownBy(() -> TreePath.parse("/a").resolve(path))
        .isInstanceOf(InvalidPathException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0"})
  void refusesWhatIsNoName(String name) {
    assertThatThrownBy(() -> TreePath.ROOT.child(name)).isInstanceOf(InvalidPathException.class);
  }
}
