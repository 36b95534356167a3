package io.github.jsendfile.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
@Spec("HT-41")
class PartialFilesTest {
  private static final TreePath FILE = TreePath.parse("/d/file");

  @TempDir private Path directory;
  private FileTree tree;
  private PartialFiles partials;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(directory.resolve("d"));
    tree = FileTree.of(directory);
    partials = new PartialFiles(tree);
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  private void keep(String content, String token) throws IOException {
    try (NewFile file = tree.create(FILE)) {
      write(file, content, 0);
      file.keep(token, Durability.SYNCED);
    }
  }

  private static void write(NewFile file, String content, long position) throws IOException {
    file.channel().write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), position);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve("d"))) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Test
  void whatWasKeptIsHiddenAndGoesOn() throws IOException {
    keep("12", "t");
    assertThat(names()).hasSize(1).allMatch(FileTree::isTemporary);
    assertThat(partials.length(FILE, "t")).hasValue(2);
    assertThat(partials.length(FILE, "other")).isEmpty();
    assertThat(partials.length(TreePath.parse("/absent/file"), "t")).isEmpty();
    try (NewFile file = partials.resume(FILE, "t")) {
      assertThatThrownBy(() -> partials.resume(FILE, "t")).isInstanceOf(NoSuchFileException.class);
      write(file, "34", 2);
      file.commit(Existing.KEEP, Durability.SYNCED);
    }
    assertThat(directory.resolve("d/file")).hasContent("1234");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void theLastOneIsKeptUntilItIsDeleted() throws IOException {
    keep("12", "t");
    keep("123", "t");
    assertThat(names()).hasSize(1);
    assertThat(partials.delete(FILE, "t")).hasValue(3);
    assertThat(partials.delete(FILE, "t")).isEmpty();
    assertThat(names()).isEmpty();
  }

  @Test
  void aSurveyCountsEverythingAndDeletesWhatIsOld() throws IOException {
    keep("12", "old");
    Path old = directory.resolve("d").resolve(names().getFirst());
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    keep("123", "new");
    Files.writeString(directory.resolve("d/.hidden"), "4567");
    Files.createSymbolicLink(directory.resolve("d/loop"), directory);
    assertThat(tree.survey(Instant.MIN)).isEqualTo(new Survey(9, 0));
    assertThat(tree.survey(Instant.parse("2021-01-01T00:00:00Z"))).isEqualTo(new Survey(7, 1));
    assertThat(partials.length(FILE, "old")).isEmpty();
    assertThat(partials.length(FILE, "new")).hasValue(3);
  }

  @Test
  void deletingAFolderTakesAllOfItOrNothing() throws IOException {
    keep("12", "t");
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("stays"), "");
    Path inner = Files.createDirectories(directory.resolve("d/a/b"));
    Files.createSymbolicLink(inner.resolve("link"), outside);
    Path hidden = Files.writeString(inner.resolve(".hidden"), "");
    TreePath folder = TreePath.parse("/d");
    assertThatThrownBy(() -> tree.deleteAll(folder))
        .isInstanceOf(DirectoryNotEmptyException.class)
        .hasMessage("/d");
    assertThat(names()).hasSize(2);
    Files.delete(hidden);
    tree.deleteAll(folder);
    assertThat(directory.resolve("d")).doesNotExist();
    assertThat(outside.resolve("stays")).exists();
  }
}
