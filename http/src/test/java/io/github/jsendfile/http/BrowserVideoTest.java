package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.testkit.Judge;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A browser plays a video from the server. See `http/src/test/browser/video.mjs`.
@Timeout(120)
class BrowserVideoTest {
  @TempDir private Path root;
  @TempDir private Path work;

  @Test
  @Spec({"HT-24", "HT-60"})
  void playsSeeksAndPausesForLongerThanTheStallLimit() throws IOException {
    Judge.needs("ffmpeg");
    Judge.needs("node");
    Judge.needs("chromium");
    Judge.needsNodeModules("playwright-core");
    Judge judge = new Judge(work);
    makeVideo(judge);
    String script = Path.of("src/test/browser/video.mjs").toAbsolutePath().toString();
    try (HttpFixture http =
        HttpFixture.over(
            root,
            server ->
                server
                    .metrics(Metrics.create())
                    .metricsPath("/metrics")
                    .stallTimeout(Duration.ofSeconds(1)))) {
      assertThat(judge.succeeds("node", script, http.url() + "/"))
          .contains("plays", "plays on after a pause", "seeks");
    }
  }

  /// A minute and some 40 MB, more than a browser asks for ahead.
  private void makeVideo(Judge judge) throws IOException {
    judge.succeeds(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=640x360:rate=25,noise=alls=40:allf=t",
        "-t",
        "60",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-b:v",
        "6M",
        "-pix_fmt",
        "yuv420p",
        "-movflags",
        "+faststart",
        root.resolve("clip.mp4").toString());
  }
}
