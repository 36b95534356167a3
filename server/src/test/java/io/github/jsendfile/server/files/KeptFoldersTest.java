package io.github.jsendfile.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Directories stay open behind a walk, and nothing of what others do to them is missed.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class KeptFoldersTest {
  @TempDir private Path root;
  private FileTree tree;

  @BeforeEach
  void walkThere() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "first");
    tree = FileTree.of(root);
    assertThat(Trees.read(tree, "/a/b/file")).isEqualTo("first");
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  @Test
  void anotherDirectoryOfTheSameNameIsTheOneServed() throws IOException {
    Files.move(root.resolve("a/b"), root.resolve("a/old"));
    assertThatThrownBy(() -> Trees.read(tree, "/a/b/file")).isInstanceOf(NoSuchFileException.class);
    Files.createDirectory(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "second");
    assertThat(Trees.read(tree, "/a/b/file")).isEqualTo("second");
    assertThat(Trees.read(tree, "/a/old/file")).isEqualTo("first");
  }

  @Test
  void linksInADirectoryThatWasRenamedLeadWhereTheyDid() throws IOException {
    Files.createSymbolicLink(root.resolve("a/b/link"), Path.of("file"));
    assertThat(Trees.read(tree, "/a/b/link")).isEqualTo("first");
    Files.move(root.resolve("a/b"), root.resolve("a/c"));
    Files.move(root.resolve("a"), root.resolve("z"));
    assertThat(Trees.read(tree, "/z/c/link")).isEqualTo("first");
  }

  @Test
  void aDirectoryThatBecameALinkOutIsNotEntered(@TempDir Path outside) throws IOException {
    Files.writeString(outside.resolve("file"), "outside");
    Files.move(root.resolve("a/b"), root.resolve("a/old"));
    Files.createSymbolicLink(root.resolve("a/b"), outside);
    assertThatThrownBy(() -> Trees.read(tree, "/a/b/file")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void moreDirectoriesThanAreKeptAreReadByManyAtOnce() throws Exception {
    int count = 300;
    for (int i = 0; i < count; i++) {
      Files.createDirectory(root.resolve("d" + i));
      Files.writeString(root.resolve("d" + i + "/file"), "of " + i);
    }
    int readers = 20;
    CountDownLatch right = new CountDownLatch(readers * count);
    Thread[] threads = new Thread[readers];
    for (int t = 0; t < readers; t++) {
      int first = t * 7;
      threads[t] =
          Thread.startVirtualThread(
              () -> {
                for (int i = first; i < first + count; i++) {
                  if (isRight(i % count)) {
                    right.countDown();
                  }
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(right.getCount()).isZero();
  }

  private boolean isRight(int i) {
    try {
      return Trees.read(tree, "/d" + i + "/file").equals("of " + i);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aDirectoryThatNobodyWalksThroughIsClosed() throws IOException {
    Files.createDirectory(root.resolve("x"));
    Files.writeString(root.resolve("x/file"), "x");
    LeakCheck.Snapshot before = LeakCheck.now();
    assertThat(Trees.read(tree, "/x/file")).isEqualTo("x");
    before.assertNothingLeaked(); // within seconds, and without another walk
  }

  @Test
  void aTreeThatIsClosedKeepsNothing() throws IOException {
    tree.close();
    assertThatThrownBy(() -> tree.facts(TreePath.parse("/a/b/file")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
