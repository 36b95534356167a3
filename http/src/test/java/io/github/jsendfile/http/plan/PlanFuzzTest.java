package io.github.jsendfile.http.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.testkit.Spec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What clients write into the fields that choose what is sent: never a failure, and never more
/// than the file has. The build runs the corpus; `JAZZER_FUZZ=1` looks for more.
class PlanFuzzTest {
  private static final long[] SIZES = {0, 1, 10, 1000, Long.MAX_VALUE};

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  @FuzzTest(maxDuration = "2m")
  @Spec({"HR-3", "HR-7", "HR-8", "HR-9"})
  void rangesStayWithinTheFile(byte[] octets) {
    for (long size : SIZES) {
      if (Ranges.select(text(octets), size) instanceof Ranges.Parts(var parts)) {
        checkParts(parts, size);
      }
    }
  }

  private static void checkParts(List<Piece.FilePart> parts, long size) {
    assertThat(parts).isNotEmpty().hasSizeLessThanOrEqualTo(Ranges.MAX_PARTS);
    assertThat(size).isPositive();
    List<Piece.FilePart> sorted =
        parts.stream()
            .sorted(java.util.Comparator.comparingLong(Piece.FilePart::position))
            .toList();
    long end = -1;
    for (Piece.FilePart part : sorted) {
      assertThat(part.position()).isGreaterThan(end); // neither overlapping nor adjoining
      assertThat(part.length()).isPositive().isLessThanOrEqualTo(size - part.position());
      end = part.position() + part.length();
    }
  }

  @FuzzTest(maxDuration = "2m")
  @Spec("HT-25")
  void aCodingIsChosenAmongThoseThatAreThere(byte[] octets) {
    Set<ContentCoding> available = new HashSet<>(Arrays.asList(ContentCoding.values()));
    while (!available.isEmpty()) {
      ContentCoding chosen = AcceptEncoding.choose(text(octets), available);
      if (chosen == null) {
        return;
      }
      assertThat(available).contains(chosen);
      available.remove(chosen);
    }
  }

  @FuzzTest(maxDuration = "2m")
  @Spec("HR-13")
  void aTagMatchesStronglyOnlyIfItMatchesWeakly(byte[] octets) {
    String own = "\"a-1\"";
    String list = text(octets);
    boolean strongly = EntityTag.anyOf(list, tag -> EntityTag.isStrongly(tag, own));
    boolean weakly = EntityTag.anyOf(list, tag -> EntityTag.isWeakly(tag, own));
    assertThat(weakly || !strongly).isTrue();
    assertThat(list.contains(own) || !weakly).isTrue();
  }

  @FuzzTest(maxDuration = "2m")
  @Spec({"HR-10", "HR-11"})
  void conditionsAndRangesTogether(byte[] octets) {
    HttpClock clock = new HttpClock(() -> Instant.ofEpochSecond(1_800_000_000));
    FilePlanner planner = new FilePlanner(clock, ResponseFields.NONE);
    Resource resource =
        planner.resource(
            "text/plain", List.of(Variant.plain(10, Instant.ofEpochSecond(784111777))));
    FuzzedHeads.read(octets)
        .forEach(
            head -> {
              Plan plan = planner.plan(head, resource);
              assertThat(plan.status()).isIn(200, 206, 304, 406, 412, 416);
              assertThat(plan.pieces().isEmpty()).isEqualTo(plan.status() > 206 || head.isHead());
            });
  }
}
