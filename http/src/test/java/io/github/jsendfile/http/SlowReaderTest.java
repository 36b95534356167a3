package io.github.jsendfile.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that take a little now and then: they never stall, and would hold their connection for
/// ever.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class SlowReaderTest {
  private static final int LARGE_BYTES = 32 << 20;

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"/file", "/made"})
  @Spec("HT-60")
  void aClientThatTakesTooLittleIsCutOff(String target) throws IOException {
    Files.write(root.resolve("file"), new byte[LARGE_BYTES]);
    Metrics metrics = Metrics.create();
    try (HttpFixture http =
            HttpFixture.over(
                root,
                server ->
                    server
                        .handler(SlowReaderTest::make)
                        .metrics(metrics)
                        .stallTimeout(Duration.ofMillis(400))
                        .leastRate(16 << 20));
        Socket client = new Socket()) {
      client.setReceiveBufferSize(16 << 10);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), http.server().port()));
      client
          .getOutputStream()
          .write(("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(ISO_8859_1));
      InputStream in = client.getInputStream();
      assertThatThrownBy(() -> takeSlowly(in)).isInstanceOf(IOException.class);
      Eventually.holds(
          Duration.ofSeconds(10),
          () -> metrics.scrape().contains("jsendfile_timeouts_total{limit=\"stall\"} 1.0"),
          metrics::scrape);
      assertThat(http.ask("GET", "/file").body()).hasSize(LARGE_BYTES);
    }
  }

  private static void make(Request request, Reply reply) {
    if (request.path().equals("/made")) {
      reply.send(200, "text/plain", new byte[LARGE_BYTES]);
    }
  }

  /// Throws when the connection is reset.
  private static void takeSlowly(InputStream in) throws IOException {
    byte[] some = new byte[2 << 10];
    while (in.read(some) >= 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
