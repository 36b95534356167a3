package io.github.jsendfile.http.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.exchange.AnswerSink;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Spec("HT-42")
@ExtendWith(LeakCheck.class)
class FolderArchivesTest {
  private static final String LONG_NAME = "caf\u00E9 ".repeat(30) + "end";

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private final byte[] large = new byte[700_001];
  private FileTree tree;

  @BeforeEach
  void make() throws IOException {
    new Random(1).nextBytes(large);
    Path folder = Files.createDirectories(directory.resolve("top/inner"));
    Files.createDirectory(directory.resolve("top/nothing"));
    Files.write(folder.resolve("large.bin"), large);
    Files.writeString(folder.resolve("small.txt"), "hello");
    Files.createFile(folder.resolve("empty"));
    Files.writeString(folder.resolve(LONG_NAME), "long");
    Files.writeString(folder.resolve(".hidden"), "secret");
    Files.setLastModifiedTime(
        folder.resolve("small.txt"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    Files.createSymbolicLink(folder.resolve("around"), Path.of(".."));
    tree = FileTree.of(directory);
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
  }

  @Test
  void zipHoldsEverything() throws IOException {
    Path archive = save(FolderArchives.Format.ZIP);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      assertThat(content(zip, "top/inner/large.bin")).isEqualTo(large);
      assertThat(content(zip, "top/inner/small.txt")).asString().isEqualTo("hello");
      assertThat(content(zip, "top/inner/empty")).isEmpty();
      assertThat(content(zip, "top/inner/" + LONG_NAME)).asString().isEqualTo("long");
      assertThat(zip.getEntry("top/nothing/").isDirectory()).isTrue();
      assertThat(zip.getEntry("top/inner/.hidden")).isNull();
      assertThat(zip.getEntry("top/inner/small.txt").getLastModifiedTime().toInstant())
          .isEqualTo("2001-02-03T04:05:06Z");
    }
  }

  @Test
  void unzipFindsNoFault() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/unzip")), "needs unzip");
    run("/usr/bin/unzip", "-tq", save(FolderArchives.Format.ZIP).toString());
  }

  @Test
  void tarUnpacksEverything() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/tar")), "needs tar");
    Path out = Files.createDirectory(elsewhere.resolve("out"));
    run("/bin/tar", "-xf", save(FolderArchives.Format.TAR).toString(), "-C", out.toString());
    Path folder = out.resolve("top/inner");
    assertThat(folder.resolve("large.bin")).hasBinaryContent(large);
    assertThat(folder.resolve("small.txt")).hasContent("hello");
    assertThat(folder.resolve(LONG_NAME)).hasContent("long");
    assertThat(folder.resolve("empty")).isEmptyFile();
    assertThat(folder.resolve(".hidden")).doesNotExist();
    assertThat(out.resolve("top/nothing")).isEmptyDirectory();
    assertThat(Files.getLastModifiedTime(folder.resolve("small.txt")).toInstant())
        .isEqualTo("2001-02-03T04:05:06Z");
  }

  @ParameterizedTest
  @EnumSource(FolderArchives.Format.class)
  void failsWhenAFileHasChangedSinceTheLengthWasTold(FolderArchives.Format format)
      throws IOException {
    Answer answer = new FolderArchives(tree).answer(TreePath.ROOT, format);
    Files.writeString(directory.resolve("top/inner/small.txt"), "hello again");
    assertThatThrownBy(() -> write(answer, elsewhere.resolve("broken")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("changed meanwhile");
  }

  @Test
  void leavesOutWhatMayNotBeRead() throws IOException {
    Path devices = Path.of("/sys/bus/platform"); // even to root one of its files is closed
    assumeTrue(Files.exists(devices.resolve("drivers_probe")));
    try (FileTree system = FileTree.of(devices)) {
      List<Member> members = Members.below(system, TreePath.ROOT).orElseThrow();
      assertThat(members).extracting(Member::name).contains("drivers_autoprobe");
      assertThat(members).extracting(Member::name).doesNotContain("drivers_probe");
    }
  }

  @Test
  void isNamedAfterTheFolder() throws IOException {
    Answer answer =
        new FolderArchives(tree).answer(TreePath.parse("/top"), FolderArchives.Format.TAR);
    assertThat(answer.fields().value("Content-Disposition"))
        .isEqualTo("attachment; filename*=UTF-8''top.tar");
  }

  /// The whole tree as a file, whose length is what was told.
  private Path save(FolderArchives.Format format) throws IOException {
    Path file = elsewhere.resolve("archive");
    Answer answer = new FolderArchives(tree).answer(TreePath.ROOT, format);
    write(answer, file);
    assertThat(file).hasSize(answer.body().length());
    return file;
  }

  private static void write(Answer answer, Path file) throws IOException {
    try (AnswerBody body = answer.body();
        FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ((AnswerBody.Written) body).writer().writeTo(new Saved(out));
    }
  }

  private static byte[] content(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    assertThat(entry).as(name).isNotNull();
    return zip.getInputStream(entry).readAllBytes();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /// Takes what is sent into a file. What is sent by zero-copy is read from the region's channel.
  private record Saved(FileChannel out) implements AnswerSink {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }

    @Override
    public void send(FileRegion region) throws IOException {
      FileSender.builder().exactly().build().send(region, out);
    }

    @Override
    public OutputStream stream() {
      return Channels.newOutputStream(out);
    }
  }
}
