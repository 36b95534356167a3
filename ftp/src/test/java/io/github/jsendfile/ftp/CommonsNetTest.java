package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The JVM's own FTP client, against the server.
@ExtendWith(LeakCheck.class)
class CommonsNetTest {
  @TempDir Path root;
  private final byte[] content = new byte[1_000_003];
  private FtpFixture ftp;
  private FTPClient client;

  @BeforeEach
  void start() throws IOException {
    new Random(4).nextBytes(content);
    ftp = FtpFixture.over(root);
    client = new FTPClient();
    client.setAutodetectUTF8(true);
    client.connect(ftp.server().address().getAddress(), ftp.server().port());
    assertThat(client.login("user", "12345")).isTrue();
    client.setFileType(FTP.BINARY_FILE_TYPE);
    client.enterLocalPassiveMode();
  }

  @AfterEach
  void stop() throws IOException {
    client.logout();
    client.disconnect();
    ftp.close();
  }

  @Test
  @Spec({"FT-1", "FT-20", "FT-22"})
  void storesAndRetrieves() throws IOException {
    assertThat(client.storeFile("é a", new ByteArrayInputStream(content))).isTrue();
    assertThat(root.resolve("é a")).hasBinaryContent(content);
    client.setRestartOffset(1000);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    assertThat(client.retrieveFile("é a", got)).isTrue();
    assertThat(got.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 1000, content.length));
    client.enterLocalActiveMode();
    assertThat(client.appendFile("é a", new ByteArrayInputStream(new byte[] {9}))).isTrue();
    assertThat(Files.size(root.resolve("é a"))).isEqualTo(content.length + 1L);
    assertThat(client.storeUniqueFile(new ByteArrayInputStream(content))).isTrue();
  }

  @Test
  @Spec({"FT-5", "FT-26"})
  void readsBothKindsOfLists() throws IOException {
    ftp.file("b", new byte[42]);
    Files.createDirectory(root.resolve("d"));
    for (FTPFile[] files : new FTPFile[][] {client.listFiles(), client.mlistDir()}) {
      assertThat(files).extracting(FTPFile::getName).containsExactly("b", "d");
      assertThat(files[0].getSize()).isEqualTo(42);
      assertThat(files[0].isFile()).isTrue();
      assertThat(files[1].isDirectory()).isTrue();
      assertThat(files[0].getTimestampInstant())
          .isBetween(Instant.now().minusSeconds(180), Instant.now().plusSeconds(60));
    }
    assertThat(client.listNames()).containsExactly("b", "d");
    assertThat(client.mlistFile("b").getSize()).isEqualTo(42);
  }

  @Test
  @Spec({"FT-1", "FT-7", "FT-3"})
  void asksAndChanges() throws IOException {
    ftp.file("b", content);
    assertThat(client.hasFeature("UTF8")).isTrue();
    assertThat(client.getSize("b")).isEqualTo("1000003");
    assertThat(client.setModificationTime("b", "20200102030405")).isTrue();
    assertThat(client.mdtmInstant("b")).isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
    assertThat(client.makeDirectory("d")).isTrue();
    assertThat(client.changeWorkingDirectory("d")).isTrue();
    assertThat(client.printWorkingDirectory()).isEqualTo("/d");
    assertThat(client.changeToParentDirectory()).isTrue();
    assertThat(client.rename("b", "d/c")).isTrue();
    assertThat(client.deleteFile("d/c")).isTrue();
    assertThat(client.removeDirectory("d")).isTrue();
    assertThat(client.getStatus()).contains("Logged in as: user");
    assertThat(client.sendSiteCommand("CHMOD 600 nope")).isFalse();
  }

  @Test
  @Spec("FT-23")
  void aborts() throws IOException {
    ftp.file("b", new byte[50_000_000]);
    try (var stream = client.retrieveFileStream("b")) {
      assertThat(stream.read()).isZero();
      client.abort();
      assertThat(client.getReplyCode()).isEqualTo(426);
    }
    assertThat(client.getReply()).isEqualTo(226);
    assertThat(client.sendNoOp()).isTrue();
  }
}
