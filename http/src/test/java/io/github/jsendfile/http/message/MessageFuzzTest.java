package io.github.jsendfile.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jsendfile.http.message.RequestReader.Progress;
import io.github.jsendfile.testkit.Spec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Whatever a client sends: requests or refusals, paths that stay below the root. The build runs
/// the corpus; `JAZZER_FUZZ=1` looks for more.
class MessageFuzzTest {
  private static final long NOW = 1_800_000_000;

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /// How the bytes are cut into reads changes nothing: whoever reads them otherwise is smuggled
  /// past.
  @FuzzTest(maxDuration = "2m")
  @Spec({"HT-5", "HT-6"})
  void octetsBecomeTheSameRequestsHoweverTheyArrive(byte[] octets) {
    List<String> atOnce = requests(octets, octets.length + 1);
    assertThat(requests(octets, 1)).isEqualTo(atOnce);
    assertThat(requests(octets, 7)).isEqualTo(atOnce);
  }

  /// What a connection would make of them.
  private static List<String> requests(byte[] octets, int step) {
    RequestReader reader = new RequestReader(new RequestLimits(200, 1000));
    List<String> said = new ArrayList<>();
    Feed feed = new Feed(octets, step);
    Progress progress = feed.head(reader);
    while (progress == Progress.HEAD) {
      said.add(reader.head().requestLine() + " " + reader.head().bodyLength());
      long length = 0;
      for (progress = feed.body(reader); progress == Progress.CONTENT; ) {
        length += reader.content().remaining();
        progress = feed.body(reader);
      }
      if (progress != Progress.END) {
        break;
      }
      said.add("a body of " + length);
      reader.next();
      progress = feed.head(reader);
    }
    said.add("" + progress); // which of several faults is seen first may differ
    return said;
  }

  /// Bytes that arrive a few at a time.
  private static final class Feed {
    private final ByteBuffer all;
    private final int step;

    Feed(byte[] octets, int step) {
      this.all = ByteBuffer.wrap(octets.clone()).limit(0);
      this.step = step;
    }

    Progress head(RequestReader reader) {
      Progress progress = reader.readHead(all);
      while (progress == Progress.INCOMPLETE && more()) {
        progress = reader.readHead(all);
      }
      return progress;
    }

    Progress body(RequestReader reader) {
      Progress progress = reader.readBody(all);
      while (progress == Progress.INCOMPLETE && more()) {
        progress = reader.readBody(all);
      }
      return progress;
    }

    private boolean more() {
      assertThat(all.hasRemaining()).as("the reader uses up what it is given").isFalse();
      int limit = Math.min(all.capacity(), all.limit() + step);
      boolean isMore = limit > all.limit();
      all.limit(limit);
      return isMore;
    }
  }

  @FuzzTest(maxDuration = "2m")
  @Spec({"HT-2", "HT-20"})
  void targetsLeadBelowTheRootOrNowhere(byte[] octets) {
    for (String method : new String[] {"GET", "OPTIONS", "CONNECT"}) {
      RequestTarget target = RequestTarget.parse(method, text(octets));
      if (target == null) {
        continue;
      }
      assertThat(target.isAsterisk() || target.path().startsWith("/")).isTrue();
      RequestPath path = RequestPath.decode(target.path());
      if (path != null) {
        checkPath(path);
      }
    }
  }

  private static void checkPath(RequestPath path) {
    assertThat(path.names()).doesNotContain("", ".", "..");
    assertThat(path.names()).noneMatch(name -> name.matches("(?s).*[/\\\\\0].*"));
    assertThat(path.encoded()).matches("(/[A-Za-z0-9%._~!$'()*+,;=:@-]*)+");
    assertThat(path.encoded()).doesNotStartWith("//");
    RequestPath again = RequestPath.decode(path.encoded());
    assertThat(again).isNotNull();
    assertThat(again.names()).isEqualTo(path.names());
  }

  @FuzzTest(maxDuration = "2m")
  @Spec("HR-13")
  void datesThatAreReadCanBeWritten(byte[] octets) {
    OptionalLong seconds = HttpDates.parse(text(octets), NOW);
    if (seconds.isPresent()) {
      String written = HttpDates.format(seconds.getAsLong());
      assertThat(HttpDates.parse(written, NOW)).isEqualTo(seconds);
    }
  }
}
