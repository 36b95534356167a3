package io.github.jsendfile.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Spec("HT-45")
@ExtendWith(LeakCheck.class)
class MetricsTest {
  private final Metrics metrics = Metrics.create();

  @Test
  void countsAnswersBytesAndTime() {
    metrics.answered(LogFormatTest.entry("/a"));
    metrics.answered(LogFormatTest.entry("/b"));
    assertThat(metrics.scrape())
        .contains("# TYPE jsendfile_requests_total counter\n")
        .contains("jsendfile_requests_total{protocol=\"HTTP/1.1\",status=\"2xx\"} 2.0\n")
        .contains("jsendfile_sent_bytes_total{mechanism=\"copy\",protocol=\"HTTP/1.1\"} 8192.0\n")
        .containsPattern("jsendfile_request_seconds_total\\{protocol=\"HTTP/1.1\"} 2\\.0025")
        .doesNotContain("jsendfile_incomplete_total{")
        .endsWith("\n");
  }

  @Test
  void countsTimeouts() {
    metrics.timedOut("head");
    assertThat(metrics.scrape()).contains("jsendfile_timeouts_total{limit=\"head\"} 1.0\n");
  }

  @Test
  void twoServersDoNotShareTheirNumbers() {
    Metrics other = Metrics.create();
    metrics.timedOut("head");
    assertThat(other.scrape()).doesNotContain("limit=\"head\"");
  }
}
