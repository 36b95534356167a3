package io.github.jsendfile.ftp;

import io.github.jsendfile.testkit.LeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What tests of transfers begin with: a server over an empty folder, a client that has logged in,
/// and some bytes.
@ExtendWith(LeakCheck.class)
abstract class TransferSetUp {
  @TempDir Path root;
  final byte[] content = new byte[3_000_001];
  FtpFixture ftp;
  Dialogue client;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    ftp = FtpFixture.over(root);
    client = ftp.binary();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    ftp.close();
  }
}
