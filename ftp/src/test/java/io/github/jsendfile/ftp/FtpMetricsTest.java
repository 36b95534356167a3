package io.github.jsendfile.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.jsendfile.server.log.AccessLog;
import io.github.jsendfile.server.log.LogFormat;
import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
@Timeout(30)
class FtpMetricsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path root;
  private final Metrics metrics = Metrics.create();

  private void eventually(String line) {
    Eventually.holds(PATIENCE, () -> metrics.scrape().contains(line), metrics::scrape);
  }

  @Test
  @Spec({"HT-45", "FT-44"})
  void countsLoginsCommandsAndTransfers() throws IOException {
    Files.write(root.resolve("a"), new byte[1_000_000]);
    int port = FtpFixture.freePort();
    try (FtpFixture ftp =
            FtpFixture.over(root, options -> options.metrics(metrics).passivePorts(port, port));
        Dialogue client = ftp.binary()) {
      eventually("jsendfile_logins_total{protocol=\"FTP\",result=\"ok\"} 1.0\n");
      eventually("jsendfile_ftp_passive_ports_left 1.0\n");
      assertThat(client.download("RETR a")).hasSize(1_000_000);
      assertThat(client.upload("STOR b", new byte[1000])).startsWith("226 ");
      eventually("jsendfile_ftp_transfers_active 0.0\n");
      eventually("jsendfile_ftp_transfers_total 2.0\n");
      eventually("jsendfile_ftp_connections_active 1.0\n");
      assertThat(metrics.scrape())
          .containsPattern("jsendfile_sent_bytes_total\\{[^}]*\"FTP\"\\} 1000000")
          .containsPattern("jsendfile_received_bytes_total\\{[^}]*\"FTP\"\\} 1000")
          .contains("jsendfile_requests_total{protocol=\"FTP\",status=\"2xx\"}");
      client.say("REIN");
      client.say("USER user");
      client.say("PASS wrong");
      eventually("jsendfile_logins_total{protocol=\"FTP\",result=\"failed\"} 1.0\n");
    }
  }

  @Test
  @Spec({"HT-45", "FT-44"})
  void countsWhoIsTooSlow() throws IOException {
    Duration moment = Duration.ofMillis(500);
    try (FtpFixture ftp =
            FtpFixture.over(
                root,
                options -> options.metrics(metrics).loginTimeout(moment).idleTimeout(moment));
        Dialogue _ = Dialogue.greeted(ftp.server());
        Dialogue _ = ftp.binary()) {
      eventually("jsendfile_timeouts_total{limit=\"login\"} 1.0\n");
      eventually("jsendfile_timeouts_total{limit=\"idle\"} 1.0\n");
    }
  }

  @Test
  @Spec("HT-45")
  void areNotThoseOfTwoServers() throws IOException {
    try (FtpFixture _ = FtpFixture.over(root, options -> options.metrics(metrics))) {
      FtpServer.Builder second = FtpServer.builder((_, _, _) -> Optional.empty()).metrics(metrics);
      assertThatIllegalArgumentException().isThrownBy(second::start);
    }
  }

  @Test
  @Spec("FT-44")
  void aCommandWithoutArgumentHasOneSpaceBehindIt() throws IOException {
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    try (AccessLog log = AccessLog.to(logged, LogFormat.COMMON);
        FtpFixture ftp = FtpFixture.over(root, options -> options.accessLog(log));
        Dialogue client = ftp.binary()) {
      assertThat(client.say("PWD")).startsWith("257 ");
    }
    assertThat(logged.toString(UTF_8)).contains("\"PWD FTP\" 257 ", "\"PASS **** FTP\" 230 ");
  }
}
