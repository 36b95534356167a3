package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A whole connection, over loopback: whatever comes, the server answers in HTTP or not at all,
/// says nothing about itself, fails in nothing and goes on. The build runs the corpus;
/// `JAZZER_FUZZ=1` looks for more.
class ConnectionFuzzTest {
  private static final Pattern ANSWERS = Pattern.compile("HTTP/1\\.1 \\d{3} (?s).*");

  @TempDir private static Path directory;
  private static Path root;
  private static HttpFixture http;

  @BeforeAll
  static void start() throws IOException {
    root = Files.createDirectories(directory.resolve("secret-place/root"));
    Files.writeString(directory.resolve("secret-place/outside"), "OUTSIDE");
    Files.writeString(root.resolve("f"), "hello");
    Files.writeString(root.resolve(".hidden"), "HIDDEN");
    Files.write(root.resolve("large"), new byte[100_000]);
    Files.writeString(Files.createDirectory(root.resolve("folder")).resolve("x"), "inside");
    http =
        HttpFixture.over(
            root,
            server -> server.headTimeout(Duration.ofSeconds(5)).bodyTimeout(Duration.ofSeconds(5)));
  }

  @AfterAll
  static void stop() throws IOException {
    http.close();
  }

  @FuzzTest(maxDuration = "2m")
  @Spec({"HT-5", "HT-8", "HT-20"})
  void whateverComesTheServerGoesOn(byte[] octets) {
    BugDetectors.allowNetworkConnections();
    try (Wire wire = http.connect()) {
      wire.say(octets);
      wire.endOutput();
      String said = new String(wire.rest(), StandardCharsets.ISO_8859_1);
      assertThat(said.isEmpty() || ANSWERS.matcher(said).matches()).isTrue();
      assertThat(said).doesNotContain("HTTP/1.1 500", "OUTSIDE", "HIDDEN", "secret-place");
    } catch (IOException e) {
      // reset: it had enough before all was said
    }
    assertThat(answer()).isEqualTo("hello");
  }

  private static String answer() {
    try {
      return http.ask("GET", "/f").text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
