package io.github.jsendfile.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.server.folder.HeldFolder;
import io.github.jsendfile.server.folder.Root;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Files that hang, names that are no text, directories without end, and a machine that changes
/// under one's feet.
@Spec("FT-43")
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource(Trees.Holding.class)
@Timeout(180)
class HostileFilesTest {
  @Parameter Trees.Holding holding;

  @TempDir Path directory;
  private Path root;
  private FileTree tree;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    tree = holding.builder(root).build();
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  @Test
  void refusesWhatIsNoFileBeforeOpeningIt() throws Exception {
    run("mkfifo", root.resolve("fifo").toString());
    Files.createSymbolicLink(root.resolve("to-fifo"), Path.of("fifo"));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
      for (String name : List.of("/fifo", "/socket", "/to-fifo")) {
        TreePath path = TreePath.parse(name);
        assertThat(tree.facts(path).kind()).isEqualTo(FileFacts.Kind.OTHER);
        assertThatThrownBy(() -> tree.open(path)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> tree.openForWriting(path))
            .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> tree.setLastModified(path, java.time.Instant.EPOCH))
            .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> tree.open(path.child("x")))
            .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> tree.list(path)).isInstanceOf(NotDirectoryException.class);
      }
    }
    try (FileTree devices = holding.builder(Path.of("/dev")).build()) {
      assertThatThrownBy(() -> devices.open(TreePath.parse("/zero")))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void listsNamesThatAreNoText() throws Exception {
    run("bash", "-c", "touch \"$0\"/$'a\\xff\\xfe' \"$0\"/fine", root.toString());
    List<DirectoryEntry> entries = Trees.list(tree, "/");
    assertThat(entries).hasSize(2);
    DirectoryEntry odd =
        entries.stream().filter(entry -> !entry.isReachable()).findFirst().orElseThrow();
    assertThat(odd.name()).startsWith("a").contains("\uFFFD");
    assertThat(odd.facts().isRegular()).isTrue();
    assertThatThrownBy(() -> tree.open(TreePath.ROOT.child(odd.name())))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void streamsManyEntriesAndSkips() throws Exception {
    int count = 100_000;
    run("bash", "-c", "cd \"$0\" && seq -f f%.0f 1 " + count + " | xargs touch", root.toString());
    try (DirectoryListing listing = tree.list(TreePath.ROOT)) {
      assertThat(listing.skip(count - 1_000)).isEqualTo(count - 1_000);
      int rest = 0;
      while (listing.next() != null) {
        rest++;
      }
      assertThat(rest).isEqualTo(1_000);
      assertThat(listing.skip(1)).isZero();
    }
  }

  @Test
  void leavesOutWhatIsDeletedMeanwhile() throws IOException {
    for (int i = 0; i < 100; i++) {
      Files.createFile(root.resolve("f" + i));
    }
    try (DirectoryListing listing = tree.list(TreePath.ROOT)) {
      assertThat(listing.next()).isNotNull();
      for (int i = 0; i < 100; i++) {
        Files.delete(root.resolve("f" + i));
      }
      assertThat(listing.next()).isNull();
    }
  }

  @Test
  void toldNothingAboutADirectoryThatMayNotBeRead() throws IOException {
    Path unreadable = Path.of("/sys/bus/platform"); // holds a file not even root may read
    assumeTrue(Files.exists(unreadable.resolve("drivers_probe")));
    try (FileTree system = holding.builder(unreadable).build()) {
      assertThatThrownBy(() -> system.open(TreePath.parse("/drivers_probe")))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage("/drivers_probe");
    }
  }

  /// A directory and a link to another are exchanged all the time; what is behind the link is
  /// never served.
  @Test
  void aDirectoryExchangedForALinkLeadsNowhere() throws Exception {
    Path inside = Files.createDirectory(root.resolve("d"));
    Files.writeString(inside.resolve("f"), "inside");
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("f"), "OUTSIDE");
    Path link = Files.createSymbolicLink(directory.resolve("link"), outside);
    Path aside = directory.resolve("aside");
    int read = whileExchanging(inside, aside, link, () -> tryToRead("/d/f"));
    assertThat(read).as("reads that found the directory").isPositive();
  }

  /// The same with a file in the directory's place: the JDK's handling of that loses descriptors.
  @Test
  void aDirectoryExchangedForAFileLosesNoDescriptor() throws Exception {
    Path inside = Files.createDirectory(root.resolve("d"));
    Files.writeString(inside.resolve("f"), "inside");
    Path file = Files.writeString(directory.resolve("file"), "x");
    Path aside = directory.resolve("aside");
    LeakCheck.Snapshot before = LeakCheck.now();
    int read = whileExchanging(inside, aside, file, () -> tryToRead("/d/f"));
    assertThat(read).isPositive();
    tree.close(); // which keeps directories open meanwhile
    before.assertNothingLeaked();
  }

  @Test
  void noticesThatTheRootWasReplaced() throws IOException {
    Files.writeString(root.resolve("f"), "old");
    AtomicNanos clock = new AtomicNanos();
    Root held = new Root(root, HeldFolder::hold, clock);
    Files.move(root, directory.resolve("root.old"));
    assertThat(held.folder().facts(Path.of("f")).size()).isEqualTo(3); // within the second
    clock.nanos += TimeUnit.SECONDS.toNanos(2);
    assertThatThrownBy(held::folder).isInstanceOf(NoSuchFileException.class);
    Files.createDirectory(root);
    Files.writeString(root.resolve("f"), "newer");
    assertThat(held.folder().facts(Path.of("f")).size()).isEqualTo(5);
    held.close();
    clock.nanos += TimeUnit.SECONDS.toNanos(2);
    assertThatThrownBy(held::folder).isInstanceOf(NoSuchFileException.class);
  }

  private static final class AtomicNanos implements LongSupplier {
    private long nanos;

    @Override
    public long getAsLong() {
      return nanos;
    }
  }

  private boolean tryToRead(String path) {
    try {
      String content = Trees.read(tree, path);
      assertThat(content).isEqualTo("inside");
      return true;
    } catch (IOException e) {
      assertThat(e.getMessage()).doesNotContain(directory.toString());
      return false;
    }
  }

  /// Exchanges for a second, and counts what came of the attempts meanwhile.
  private static int whileExchanging(
      Path place, Path aside, Path other, java.util.function.BooleanSupplier attempt)
      throws InterruptedException {
    AtomicBoolean isOver = new AtomicBoolean();
    Thread exchanger = Thread.ofPlatform().start(() -> exchange(place, aside, other, isOver));
    int successes = 0;
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      while (System.nanoTime() < end) {
        successes += attempt.getAsBoolean() ? 1 : 0;
      }
    } finally {
      isOver.set(true);
      exchanger.join();
    }
    return successes;
  }

  private static void exchange(Path place, Path aside, Path other, AtomicBoolean isOver) {
    try {
      while (!isOver.get()) {
        Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.move(other, place, StandardCopyOption.ATOMIC_MOVE);
        Files.move(place, other, StandardCopyOption.ATOMIC_MOVE);
        Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      output.readAllBytes();
    }
    assertThat(process.waitFor()).isZero();
  }
}
