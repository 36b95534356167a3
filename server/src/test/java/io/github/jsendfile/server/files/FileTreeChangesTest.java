package io.github.jsendfile.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.folder.TemporaryName;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
@Spec("FT-43")
class FileTreeChangesTest {
  @TempDir Path directory;
  private Path root;
  private Path outside;
  private FileTree tree;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createDirectory(root.resolve("d"));
    Files.writeString(root.resolve("d/old"), "old");
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("leaf"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("in"), Path.of("d"));
    tree = FileTree.of(root);
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  @Test
  void aNewFileHasItsNameWhenItIsCommitted() throws IOException {
    try (NewFile file = write("/in/new", "new")) {
      assertThat(root.resolve("d/new")).doesNotExist();
      assertThat(names("d")).hasSize(2).anyMatch(FileTree::isTemporary);
      try (DirectoryListing listing = tree.list(path("/d"))) {
        assertThat(listing.next()).extracting(DirectoryEntry::name).isEqualTo("old");
        assertThat(listing.next()).isNull();
      }
      file.commit(Existing.KEEP, Durability.SYNCED);
    }
    assertThat(root.resolve("d/new")).hasContent("new");
    assertThat(names("d")).containsExactlyInAnyOrder("old", "new");
  }

  @Test
  void aNewFileThatIsNotCommittedLeavesNothing() throws IOException {
    NewFile file = write("/d/old", "new");
    file.close();
    file.close();
    assertThat(names("d")).containsExactly("old");
    assertThat(root.resolve("d/old")).hasContent("old");
  }

  @Test
  void aNewFileReplacesOrDoesNot() throws IOException {
    Files.setPosixFilePermissions(
        root.resolve("d/old"), PosixFilePermissions.fromString("rw-r-----"));
    try (NewFile file = write("/d/old", "new")) {
      assertThatThrownBy(() -> file.commit(Existing.KEEP, Durability.WRITTEN))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessage("/d/old");
    }
    assertThat(root.resolve("d/old")).hasContent("old");
    try (NewFile file = write("/d/old", "new")) {
      file.commit(Existing.REPLACE, Durability.WRITTEN);
    }
    assertThat(root.resolve("d/old")).hasContent("new");
    assertThat(Files.getPosixFilePermissions(root.resolve("d/old")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    try (NewFile file = write("/d", "new")) {
      assertThatThrownBy(() -> file.commit(Existing.REPLACE, Durability.WRITTEN))
          .isInstanceOf(FileSystemException.class);
    }
    assertThat(names("d")).containsExactly("old");
  }

  @Test
  void writesInPlace() throws IOException {
    try (OpenFile file = tree.openForWriting(path("/d/old"))) {
      file.channel().write(ByteBuffer.wrap(new byte[] {'O'}), 0);
    }
    assertThat(root.resolve("d/old")).hasContent("Old");
    tree.openForWriting(path("/d/made")).close();
    assertThat(root.resolve("d/made")).isEmptyFile();
  }

  @Test
  void makesRenamesAndDeletes() throws IOException {
    tree.createDirectory(path("/d/e"));
    assertThat(root.resolve("d/e")).isEmptyDirectory();
    assertThat(names(".")).noneMatch(FileTree::isTemporary);
    assertThatThrownBy(() -> tree.createDirectory(path("/d/e")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> tree.createDirectory(path("/nope/e")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> tree.createDirectory(path("/d/old/e")))
        .isInstanceOf(NotDirectoryException.class);
    tree.move(path("/d/old"), path("/d/e/moved"), Existing.KEEP);
    assertThat(root.resolve("d/e/moved")).hasContent("old");
    Files.writeString(root.resolve("other"), "other");
    assertThatThrownBy(() -> tree.move(path("/other"), path("/d/e/moved"), Existing.KEEP))
        .isInstanceOf(FileAlreadyExistsException.class);
    tree.move(path("/other"), path("/d/e/moved"), Existing.REPLACE);
    assertThat(root.resolve("d/e/moved")).hasContent("other");
    assertThatThrownBy(() -> tree.delete(path("/d/e")))
        .isInstanceOf(DirectoryNotEmptyException.class);
    tree.delete(path("/d/e/moved"));
    tree.delete(path("/d/e"));
    tree.delete(path("/out"));
    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(names("d")).isEmpty();
    assertThatThrownBy(() -> tree.delete(path("/"))).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void setsTimesAndPermissions() throws IOException {
    Instant time = Instant.parse("2001-02-03T04:05:06Z");
    tree.setLastModified(path("/in/old"), time);
    tree.setPermissions(path("/in/old"), 0604);
    assertThat(tree.facts(path("/d/old")).lastModified()).isEqualTo(time);
    assertThat(tree.facts(path("/d/old")).mode()).isEqualTo(0604);
    assertThat(tree.usableSpace()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/out/secret", "/leaf", "/out/new", "/out"})
  void changesNothingOutside(String name) {
    TreePath path = path(name);
    assertThatThrownBy(() -> tree.openForWriting(path)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.setPermissions(path, 0777)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.setLastModified(path, Instant.EPOCH))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.move(path("/d/old"), path("/out/x"), Existing.REPLACE))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.move(path("/out/secret"), path("/x"), Existing.REPLACE))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.createDirectory(path("/out/x"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.create(path("/out/x"))).isInstanceOf(IOException.class);
    assertThat(outside).isDirectoryNotContaining(file -> !file.endsWith("secret"));
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void hiddenNamesCannotBeMade() {
    for (String name : new String[] {"/.x", "/d/.x", "/" + TemporaryName.random("x")}) {
      assertThatThrownBy(() -> tree.create(path(name))).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> tree.createDirectory(path(name)))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> tree.move(path("/d/old"), path(name), Existing.REPLACE))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  private NewFile write(String name, String content) throws IOException {
    NewFile file = tree.create(path(name));
    file.channel().write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
    return file;
  }

  private static TreePath path(String text) {
    return TreePath.parse(text);
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
