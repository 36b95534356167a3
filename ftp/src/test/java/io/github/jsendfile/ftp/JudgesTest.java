package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that people use, against the server.
@ExtendWith(LeakCheck.class)
class JudgesTest {
  @TempDir Path root;
  @TempDir Path here;
  private final byte[] content = new byte[2_000_003];
  private FtpFixture ftp;
  private Judge judge;
  private String url;

  @BeforeEach
  void start() throws IOException {
    new Random(2).nextBytes(content);
    ftp = FtpFixture.over(root);
    ftp.file("file", content);
    judge = new Judge(here);
    url = "ftp://user:12345@127.0.0.1:" + ftp.server().port();
  }

  @AfterEach
  void stop() throws IOException {
    ftp.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--disable-epsv", "--ftp-port -", "--ftp-port - --disable-eprt"})
  @Spec({"FT-1", "FT-4", "FT-20"})
  void curlGetsAndPuts(String options) throws IOException {
    curl(options, "-o", "got", url + "/file");
    assertThat(here.resolve("got")).hasBinaryContent(content);
    curl(options, "-T", "got", url + "/put");
    assertThat(root.resolve("put")).hasBinaryContent(content);
    Files.write(here.resolve("part"), Arrays.copyOf(content, 1_000_000));
    curl(options, "-C", "-", "-o", "part", url + "/file");
    assertThat(here.resolve("part")).hasBinaryContent(content);
    ftp.file("half", Arrays.copyOf(content, 1_000_000));
    curl(options, "-C", "-", "-T", "got", url + "/half");
    assertThat(root.resolve("half")).hasBinaryContent(content);
    assertThat(curl(options, url + "/")).contains(" file").contains(" put");
    assertThat(curl(options, "-I", url + "/file")).contains("Content-Length: " + content.length);
  }

  private String curl(String options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail", "-m", "50"));
    command.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    command.addAll(List.of(arguments));
    return judge.succeeds(command.toArray(String[]::new));
  }

  @Test
  @Spec({"FT-3", "FT-5", "FT-26"})
  void lftpMirrorsBothWays() throws IOException {
    Path tree = Files.createDirectory(root.resolve("tree"));
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      Path folder = Files.createDirectories(tree.resolve("d " + i % 7 + "/é" + i % 3));
      byte[] bytes = new byte[random.nextInt(5000)];
      random.nextBytes(bytes);
      Files.write(folder.resolve("file " + i), bytes);
    }
    lftp("mirror -P 4 /tree got; mirror -P 4 -R got /again; mirror -R --only-newer got /again");
    assertThat(digest(here.resolve("got"))).isEqualTo(digest(tree));
    assertThat(digest(root.resolve("again"))).isEqualTo(digest(tree));
  }

  @Test
  @Spec({"FT-20", "FT-28", "FT-22"})
  void lftpGetsInPiecesAndGoesOn() throws IOException {
    lftp("pget -n 4 file -o got");
    assertThat(here.resolve("got")).hasBinaryContent(content);
    ftp.file("half", Arrays.copyOf(content, 1_000_000));
    lftp("put -c got -o half; mkdir d; mv half d/x; chmod 600 d/x; ls d");
    assertThat(root.resolve("d/x")).hasBinaryContent(content);
    lftp("set ftp:passive-mode off; get file -o active; rm -r d");
    assertThat(here.resolve("active")).hasBinaryContent(content);
    assertThat(root.resolve("d")).doesNotExist();
  }

  private void lftp(String commands) throws IOException {
    judge.succeeds(
        "lftp",
        "-c",
        "set net:max-retries 1; set net:timeout 20; set cmd:fail-exit yes; open "
            + url
            + "; "
            + commands);
  }

  @Test
  @Spec("FT-1")
  void wgetGetsTrees() throws IOException {
    Files.createDirectory(root.resolve("d"));
    ftp.file("d/x", new byte[] {4});
    judge.succeeds("wget", "-q", "-t", "1", "-T", "20", "-r", "-nH", url + "/");
    assertThat(here.resolve("file")).hasBinaryContent(content);
    assertThat(here.resolve("d/x")).hasBinaryContent(new byte[] {4});
  }

  @Test
  @Spec({"FT-1", "FT-21", "FT-5"})
  void pythonsFtplib() throws IOException {
    String script =
        """
        import ftplib, io, sys
        f = ftplib.FTP(timeout=20)
        f.connect('127.0.0.1', int(sys.argv[1]))
        f.login('user', '12345')
        b = io.BytesIO(); f.retrbinary('RETR file', b.write)
        f.storbinary('STOR put', io.BytesIO(b.getvalue()))
        assert f.size('put') == len(b.getvalue())
        f.storlines('STOR text', io.BytesIO(b'a\\nb\\n'))
        l = []; f.retrlines('RETR text', l.append); assert l == ['a', 'b'], l
        assert dict(f.mlsd())['put']['size'] == str(len(b.getvalue()))
        assert f.mkd('d') == '/d' and f.cwd('d') and f.pwd() == '/d'
        f.cwd('..'); f.rename('put', 'd/x'); assert f.nlst('d') == ['x']
        f.set_pasv(False); c = io.BytesIO(); f.retrbinary('RETR d/x', c.write, rest=5)
        assert c.getvalue() == b.getvalue()[5:]
        f.delete('d/x'); f.rmd('d'); f.quit()
        """;
    Files.writeString(here.resolve("t.py"), script);
    judge.succeeds("python3", "t.py", String.valueOf(ftp.server().port()));
    assertThat(root.resolve("text")).hasContent("a\nb\n");
  }

  @Test
  @Spec("FT-1")
  void tnftpGetsAndPuts() throws IOException {
    judge.succeeds("tnftp", "-o", "got", url + "/file");
    assertThat(here.resolve("got")).hasBinaryContent(content);
    judge.succeeds("tnftp", "-u", url + "/put", "got");
    assertThat(root.resolve("put")).hasBinaryContent(content);
  }

  @Test
  @Spec("FT-1")
  void ncftpGetsAndPuts() throws IOException {
    String port = String.valueOf(ftp.server().port());
    judge.succeeds(
        "ncftpget", "-V", "-u", "user", "-p", "12345", "-P", port, "127.0.0.1", ".", "/file");
    assertThat(here.resolve("file")).hasBinaryContent(content);
    Files.createDirectory(root.resolve("d"));
    judge.succeeds(
        "ncftpput", "-V", "-u", "user", "-p", "12345", "-P", port, "127.0.0.1", "/d", "file");
    assertThat(root.resolve("d/file")).hasBinaryContent(content);
  }

  @Test
  @Spec({"FT-5", "FT-7"})
  void rcloneSynchronises() throws IOException {
    Judge.needs("rclone");
    String password = judge.succeeds("rclone", "obscure", "12345").strip();
    String remote =
        ":ftp,host=127.0.0.1,port=" + ftp.server().port() + ",user=user,pass='" + password + "':";
    Path tree = Files.createDirectories(here.resolve("tree/sub"));
    Files.write(tree.resolve("a b"), content);
    Files.write(tree.resolve("é"), new byte[] {1});
    judge.succeeds("rclone", "--retries", "1", "sync", "tree", remote + "copy");
    assertThat(digest(root.resolve("copy"))).isEqualTo(digest(here.resolve("tree")));
    judge.succeeds("rclone", "--retries", "1", "check", "--download", "tree", remote + "copy");
    judge.succeeds("rclone", "--retries", "1", "sync", remote + "copy", "back");
    assertThat(digest(here.resolve("back"))).isEqualTo(digest(here.resolve("tree")));
  }

  @Test
  @Spec("FT-25")
  void nmapFindsNoBounce() throws IOException {
    String port = String.valueOf(ftp.server().port());
    String said =
        judge.succeeds(
            "nmap",
            "-Pn",
            "-n",
            "-p",
            port,
            "--script",
            "+ftp-bounce,+ftp-anon", // whatever it takes the port for
            "--script-args",
            "ftp-bounce.checkhost=192.0.2.1",
            "127.0.0.1",
            "-sT");
    assertThat(said).contains("Anonymous FTP login allowed").doesNotContain("bounce working");
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
      throw new java.io.UncheckedIOException(e);
    }
  }
}
