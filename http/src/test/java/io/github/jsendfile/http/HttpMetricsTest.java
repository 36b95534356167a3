package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Rights;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Spec("HT-45")
@ExtendWith(LeakCheck.class)
@Timeout(30)
class HttpMetricsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir private Path directory;
  private FileTree files;
  private final Metrics metrics = Metrics.create();

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(directory.resolve("small.txt"), "hello");
    Files.write(directory.resolve("large.bin"), new byte[30_000_000]);
    files = FileTree.of(directory);
  }

  @AfterEach
  void end() throws IOException {
    files.close();
  }

  private HttpFileServer.Builder server() {
    return HttpFileServer.builder(files).metrics(metrics);
  }

  private void eventually(String line) {
    Eventually.holds(PATIENCE, () -> metrics.scrape().contains(line), metrics::scrape);
  }

  @Test
  void countsAnswersBytesConnectionsAndTheCache() throws IOException {
    try (HttpFileServer server = server().start();
        Wire wire = new Wire(server.port())) {
      wire.ask("GET", "/small.txt");
      wire.ask("GET", "/small.txt");
      assertThat(wire.ask("GET", "/large.bin").body()).hasSize(30_000_000);
      wire.ask("GET", "/none");
      eventually("jsendfile_requests_total{protocol=\"HTTP/1.1\",status=\"4xx\"} 1.0\n");
      eventually("jsendfile_requests_total{protocol=\"HTTP/1.1\",status=\"2xx\"} 3.0\n");
      eventually("jsendfile_http_connections_active 1.0\n");
      eventually("jsendfile_http_connections_busy 0.0\n");
      eventually("jsendfile_http_open_files 2.0\n");
      eventually("jsendfile_http_open_file_hits_total 1.0\n");
      assertThat(metrics.scrape())
          .containsPattern(
              "jsendfile_sent_bytes_total\\{mechanism=\"(native|channel)\",protocol=\"HTTP/1.1\"\\}"
                  + " 3.0E7");
    }
  }

  @Test
  void countsWhoIsTooSlow() throws IOException {
    try (HttpFileServer server =
            server()
                .headTimeout(SHORT)
                .bodyTimeout(SHORT)
                .stallTimeout(SHORT)
                .idleTimeout(SHORT)
                .handler((request, reply) -> request.body().readAllBytes())
                .start();
        Wire noHead = new Wire(server.port());
        Wire noBody = new Wire(server.port());
        Wire noReading = new Wire(server.port());
        Wire noMore = new Wire(server.port())) {
      noHead.say("GET / HTT");
      noBody.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n");
      noReading.say("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
      noMore.ask("GET", "/small.txt");
      eventually("jsendfile_timeouts_total{limit=\"head\"} 1.0\n");
      eventually("jsendfile_timeouts_total{limit=\"body\"} 1.0\n");
      eventually("jsendfile_timeouts_total{limit=\"stall\"} 1.0\n");
      eventually("jsendfile_timeouts_total{limit=\"idle\"} 1.0\n");
      eventually("jsendfile_incomplete_total{protocol=\"HTTP/1.1\"} 1.0\n");
    }
  }

  @Test
  void tellsAtAPathAndItsHealthWithoutALogin() throws IOException {
    try (HttpFileServer server =
            server()
                .metricsPath("/metrics")
                .healthPath("/health")
                .loginDelay(Duration.ZERO)
                .users(
                    (user, _, _) ->
                        user.equals("watcher")
                            ? Optional.of(new Account(user, files, Rights.READ_ONLY))
                            : Optional.empty())
                .start();
        Wire wire = new Wire(server.port())) {
      assertThat(wire.ask("GET", "/health").text()).isEqualTo("ok\n");
      assertThat(wire.ask("HEAD", "/health").status()).isEqualTo(200);
      assertThat(wire.ask("GET", "/metrics").status()).isEqualTo(401);
      Wire.Answer told = wire.ask("GET", "/metrics", "Authorization: Basic d2F0Y2hlcjo=");
      assertThat(told.field("Content-Type")).startsWith("text/plain; version=0.0.4");
      assertThat(told.text()).contains("jsendfile_logins_total{protocol=\"HTTP\",result=\"ok\"} 1");
    }
  }

  @Test
  void tellsOnAPortOfItsOwn() throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (MetricsServer server = MetricsServer.start(here, metrics);
        Wire wire = new Wire(server.address().getPort())) {
      metrics.timedOut("idle");
      assertThat(wire.ask("GET", "/metrics").text()).contains("limit=\"idle\"} 1.0\n");
      assertThat(wire.ask("GET", "/health").text()).isEqualTo("ok\n");
      assertThat(wire.ask("GET", "/small.txt").status()).isEqualTo(404);
    }
  }

  @Test
  @Spec("HT-61")
  void theRateCountsSmallAnswersAndPages() throws IOException {
    Files.write(directory.resolve("20k"), new byte[20_000]);
    Bandwidth limits = Bandwidth.builder().total(100_000).build();
    try (HttpFileServer server = server().downloadBandwidth(limits).start();
        Wire wire = new Wire(server.port())) {
      long began = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        assertThat(wire.ask("GET", "/20k").body()).hasSize(20_000);
      }
      assertThat(wire.ask("GET", "/").text()).contains("20k").endsWith("</html>\n");
      assertThat(System.nanoTime() - began).isGreaterThan(700_000_000L);
    }
  }
}
