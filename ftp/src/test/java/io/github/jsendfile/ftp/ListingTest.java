package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class ListingTest {
  @TempDir Path root;
  private FtpFixture ftp;
  private Dialogue client;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(root.resolve("dir/sub"));
    Files.write(root.resolve("dir/b é"), new byte[12]);
    Files.write(root.resolve("dir/a.txt"), new byte[3]);
    ftp = FtpFixture.over(root);
    client = ftp.user();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    ftp.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"LIST dir", "LIST -a dir", "LIST -la dir", "LIST -a -l dir", "LIST /dir/"})
  @Spec("FT-26")
  void listsAsLsDoes(String line) throws IOException {
    String[] lines = client.list(line).split("\r\n");
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).matches("-rw\\S{7}   1 \\S+ +\\S+ +3 \\w{3} \\d\\d \\d\\d:\\d\\d a\\.txt");
    assertThat(lines[1]).matches("-rw\\S{7}   1 \\S+ +\\S+ +12 \\w{3} \\d\\d \\d\\d:\\d\\d b é");
    assertThat(lines[2]).startsWith("drwx").endsWith(" sub");
  }

  @Test
  @Spec({"FT-26", "FT-6"})
  void listsNames() throws IOException {
    assertThat(client.list("NLST dir")).isEqualTo("a.txt\r\nb é\r\nsub\r\n");
    assertThat(client.list("NLST dir/a.txt")).isEqualTo("a.txt\r\n");
    assertThat(client.list("LIST dir/a.txt")).endsWith(" a.txt\r\n");
    assertThat(client.list("NLST dir/sub")).isEmpty();
    assertThat(client.list("LIST dir/sub")).isEmpty();
    assertThat(client.list("MLSD dir/sub")).isEmpty();
  }

  @Test
  @Spec("FT-5")
  void listsFacts() throws IOException {
    assertThat(client.list("MLSD dir").split("\r\n"))
        .hasSize(3)
        .anyMatch(line -> line.matches("type=file;perm=adfrw;size=12;modify=\\d{14};.*; b é"))
        .anyMatch(line -> line.matches("type=dir;perm=cdeflmp;size=\\d+;modify=\\d{14};.*; sub"));
    client.say("OPTS MLST size;");
    assertThat(client.list("MLSD dir")).contains("size=3; a.txt\r\n");
    assertThat(client.say("MLSD dir/a.txt")).isEqualTo("501 No such directory.");
    assertThat(client.say("MLSD nope")).isEqualTo("550 No such file or directory.");
    assertThat(client.say("LIST nope")).isEqualTo("550 No such file or directory.");
    assertThat(client.say("NLST nope")).isEqualTo("550 No such file or directory.");
  }

  @Test
  @Spec({"FT-26", "FT-43"})
  void showsTheCurrentDirectoryUnlessToldOtherwise() throws IOException {
    client.say("CWD dir");
    assertThat(client.list("NLST")).isEqualTo("a.txt\r\nb é\r\nsub\r\n");
    assertThat(client.list("NLST ..")).isEqualTo("dir\r\n");
    assertThat(client.list("NLST ../../../..")).isEqualTo("dir\r\n");
    assertThat(client.list("LIST")).isEqualTo(client.list("LIST /dir"));
  }

  @Test
  @Spec("FT-26")
  void patternsAreAnOption() throws IOException {
    assertThat(client.say("NLST dir/*.txt")).isEqualTo("550 No such file or directory.");
    try (FtpFixture globbing = FtpFixture.over(root, FtpServer.Builder::globbing);
        Dialogue other = globbing.user()) {
      assertThat(other.list("NLST dir/*.txt")).isEqualTo("a.txt\r\n");
      assertThat(other.list("NLST dir/*z")).isEmpty();
      assertThat(other.list("LIST dir/?.txt")).endsWith(" a.txt\r\n");
      assertThat(other.say("STAT dir/*.txt")).endsWith(" a.txt\n213 End of status.");
    }
  }

  @Test
  @Spec("FT-26")
  void streamsAHundredThousandEntries() throws IOException {
    Path many = Files.createDirectory(root.resolve("many"));
    for (int i = 0; i < 100_000; i++) {
      Files.createFile(many.resolve("file-" + i));
    }
    int count = 0;
    try (Socket data = client.passive()) {
      assertThat(client.say("NLST many")).startsWith("1");
      BufferedReader names =
          new BufferedReader(new InputStreamReader(data.getInputStream(), StandardCharsets.UTF_8));
      while (names.readLine() != null) {
        count++;
      }
      assertThat(client.reply()).startsWith("226 ");
    }
    assertThat(count).isEqualTo(100_000);
  }
}
