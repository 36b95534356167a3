package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A few hundred clients that ask for nothing or read nothing; thousands are a benchmark's.
@ExtendWith(LeakCheck.class)
@Timeout(60)
class CrowdOnTheWireTest {
  private static final int EACH = 100;
  private static final int LARGE_BYTES = 16 << 20;

  @TempDir private Path root;

  @Test
  @Spec({"HT-63", "HT-60"})
  void idleAndStalledClientsHarmNobodyAndLeaveNothing() throws IOException {
    Files.write(root.resolve("large"), new byte[LARGE_BYTES]);
    Files.writeString(root.resolve("f"), "hello");
    List<Wire> crowd = new ArrayList<>();
    try (HttpFixture http = HttpFixture.over(root)) {
      for (int i = 0; i < EACH; i++) {
        Wire idle = http.connect();
        crowd.add(idle);
        assertThat(idle.ask("GET", "/f").text()).isEqualTo("hello");
        Wire stalled = http.connect();
        crowd.add(stalled);
        stalled.say("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      assertThat(http.ask("GET", "/large").body()).hasSize(LARGE_BYTES);
      assertThat(crowd.getFirst().ask("GET", "/f").text()).isEqualTo("hello");
      for (Wire client : crowd) {
        client.close();
      }
      Eventually.holds(
          Duration.ofSeconds(10),
          () -> http.server().active() == 0,
          () -> http.server().active() + " connections are left");
    }
  }

  @Test
  @Spec({"HT-63", "HT-60", "HT-41"})
  void stalledUploadsEndAtTheirLimitAndLeaveOnlyWhatCanBeGoneOnWith() throws IOException {
    List<Wire> crowd = new ArrayList<>();
    try (HttpFixture http =
        HttpFixture.over(
            root,
            server ->
                server
                    .uploads(UploadOptions.builder().build())
                    .bodyTimeout(Duration.ofMillis(500)))) {
      for (int i = 0; i < EACH; i++) {
        Wire stalled = http.connect();
        crowd.add(stalled);
        stalled.say(
            "PUT /stalled" + i + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
        stalled.say(i % 2 == 0 ? "" : "some");
      }
      for (Wire stalled : crowd) {
        assertThat(stalled.hear(false).status()).isEqualTo(408);
        assertThat(stalled.hasEnded()).isTrue();
        stalled.close();
      }
      assertThat(names()).hasSize(EACH / 2).allMatch(FileTree::isTemporary);
      try (Wire wire = http.connect()) {
        wire.say("PUT /f HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nmore");
        assertThat(wire.hear(false).status()).isEqualTo(201);
        assertThat(wire.ask("GET", "/?text").text()).contains("f").doesNotContain("stalled");
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
