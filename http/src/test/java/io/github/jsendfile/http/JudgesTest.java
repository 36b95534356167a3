package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Judge;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Clients that people use, against the server: whatever they put together is the file, byte for
/// byte.
@ExtendWith(LeakCheck.class)
@Timeout(180)
class JudgesTest {
  @TempDir Path root;
  @TempDir Path here;
  private final byte[] content = new byte[12_000_003];
  private HttpFixture http;
  private Judge judge;
  private String url;

  @BeforeEach
  void start() throws IOException {
    new Random(2).nextBytes(content);
    Files.write(root.resolve("file"), content);
    http = HttpFixture.over(root);
    judge = new Judge(here);
    url = http.url() + "/";
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  private void half(String name) throws IOException {
    Files.write(here.resolve(name), Arrays.copyOf(content, content.length / 2));
  }

  @Test
  @Spec({"HT-24", "HR-5", "HR-8"})
  void curlResumesAndTakesParts() throws IOException {
    curl("-o", "all", url + "file");
    assertThat(here.resolve("all")).hasBinaryContent(content);
    half("half");
    curl("-C", "-", "-o", "half", url + "file");
    assertThat(here.resolve("half")).hasBinaryContent(content);
    curl("-r", "100-199", "-o", "part", url + "file");
    assertThat(here.resolve("part")).hasBinaryContent(Arrays.copyOfRange(content, 100, 200));
    curl("-r", "-5", "-o", "end", url + "file");
    int end = content.length;
    assertThat(here.resolve("end")).hasBinaryContent(Arrays.copyOfRange(content, end - 5, end));
    curl("--http1.0", "-o", "old", url + "file");
    assertThat(here.resolve("old")).hasBinaryContent(content);
    curl("-z", "file", "--etag-save", "tag", "-o", "first", url + "file");
    String said = curl("--etag-compare", "tag", "-w", "%{http_code}", "-o", "next", url + "file");
    assertThat(said).isEqualTo("304");
  }

  private String curl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail", "-m", "50"));
    command.addAll(List.of(arguments));
    return judge.succeeds(command.toArray(String[]::new));
  }

  @Test
  @Spec("HT-24")
  void wgetResumesAndMirrors() throws IOException {
    half("file");
    judge.succeeds("wget", "-q", "-c", url + "file");
    assertThat(here.resolve("file")).hasBinaryContent(content);
    tree();
    judge.succeeds(
        "wget",
        "-q",
        "-r",
        "-np",
        "-nH",
        "-e",
        "robots=off",
        "--accept-regex",
        "/tree/[^?]*$",
        url + "tree/");
    assertThat(digest(here.resolve("tree"))).containsAll(digest(root.resolve("tree")));
  }

  @Test
  @Spec("HT-24")
  void ariaTakesEightParts() throws IOException {
    judge.succeeds(
        "aria2c", "-q", "-x8", "-s8", "-k1M", "--file-allocation=none", "-o", "got", url + "file");
    assertThat(here.resolve("got")).hasBinaryContent(content);
  }

  @Test
  @Spec({"HR-8", "HT-24"})
  void zsyncAsksForManyRanges() throws IOException {
    Judge.needs("zsync");
    judge.succeeds(
        "zsyncmake",
        "-b",
        "2048",
        "-u",
        url + "file",
        "-o",
        root.resolve("file.zsync").toString(),
        root.resolve("file").toString());
    byte[] old = content.clone();
    for (int i = 0; i < 60; i++) {
      old[i * 199_999] ^= 1;
    }
    Files.write(here.resolve("old"), old);
    judge.succeeds("zsync", "-q", "-i", "old", "-o", "got", url + "file.zsync");
    assertThat(here.resolve("got")).hasBinaryContent(content);
  }

  /// Two hundred files in folders with names that need care.
  private Path tree() throws IOException {
    Path tree = Files.createDirectory(root.resolve("tree"));
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      Path folder = Files.createDirectories(tree.resolve("d " + i % 5 + "/é+&%" + i % 3));
      byte[] bytes = new byte[random.nextInt(50_000)];
      random.nextBytes(bytes);
      Files.write(folder.resolve("file #" + i + ";'x"), bytes);
    }
    return tree;
  }

  @Test
  @Spec({"HT-24", "HT-40"})
  void lftpMirrorsTheListing() throws IOException {
    Path tree = tree();
    judge.succeeds(
        "lftp",
        "-c",
        "set net:max-retries 1; set net:timeout 20; set cmd:fail-exit yes; open "
            + url
            + "; mirror -P 4 tree got; pget -n 4 file -o parts");
    assertThat(digest(here.resolve("got"))).isEqualTo(digest(tree));
    assertThat(here.resolve("parts")).hasBinaryContent(content);
  }

  @Test
  @Spec({"HT-24", "HT-40"})
  void rcloneCopiesTheListing() throws IOException {
    Path tree = tree();
    judge.succeeds("rclone", "--retries", "1", "--http-url", url, "copy", ":http:tree", "got");
    assertThat(digest(here.resolve("got"))).isEqualTo(digest(tree));
    judge.succeeds(
        "rclone", "--retries", "1", "--http-url", url, "check", "--download", "got", ":http:tree");
  }

  @Test
  @Spec("HT-24")
  void ffmpegSeeksInAVideo() throws IOException {
    Judge.needs("ffmpeg");
    judge.succeeds(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=d=40:s=320x240:r=10",
        "-g",
        "20",
        "-pix_fmt",
        "yuv420p",
        root.resolve("video.mp4").toString());
    for (String second : new String[] {"0", "17.3", "38"}) {
      String there = frame(url + "video.mp4", second);
      assertThat(there).contains("0, ").isEqualTo(frame(root.resolve("video.mp4") + "", second));
    }
  }

  /// The digest of a frame.
  private String frame(String video, String second) throws IOException {
    return judge.succeeds(
        "ffmpeg",
        "-v",
        "error",
        "-ss",
        second,
        "-i",
        video,
        "-frames:v",
        "1",
        "-f",
        "framemd5",
        "-");
  }

  @Test
  @Spec("HT-42")
  void unzipAndTarTakeAFolderApart() throws IOException {
    Path tree = tree();
    Files.createDirectory(tree.resolve("empty"));
    curl("-o", "t.zip", url + "tree/?zip");
    judge.succeeds("unzip", "-tqq", "t.zip");
    judge.succeeds("unzip", "-q", "t.zip", "-d", "zip");
    curl("-o", "t.tar", url + "tree/?tar");
    Files.createDirectory(here.resolve("tar"));
    judge.succeeds("tar", "-xf", "t.tar", "-C", "tar");
    for (String kind : new String[] {"zip", "tar"}) {
      Path unpacked = here.resolve(kind);
      Path top = Files.isDirectory(unpacked.resolve("tree")) ? unpacked.resolve("tree") : unpacked;
      assertThat(digest(top)).as(kind).isEqualTo(digest(tree));
      assertThat(top.resolve("empty")).isDirectory();
    }
    String head = curl("-I", url + "tree/?tar");
    assertThat(head).contains("Content-Length: " + Files.size(here.resolve("t.tar")));
  }

  private static List<String> digest(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> tree.relativize(file) + " " + hash(file))
          .sorted()
          .toList();
    }
  }

  private static int hash(Path file) {
    try {
      return Arrays.hashCode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
