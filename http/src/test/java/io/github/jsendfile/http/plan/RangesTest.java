package io.github.jsendfile.http.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ranges against files of known sizes. What is selected is written `first-last first-last …`.
class RangesTest {
  private static final String ALL = "all";
  private static final String NONE = "none";
  private static final String TWENTY_DIGITS = "99999999999999999999";

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0-0",
    "bytes=0-9, 0-9",
    "bytes=5-9, 5-9",
    "bytes=99-99, 99-99",
    "bytes=5-, 5-99",
    "bytes=0-, 0-99",
    "bytes=-1, 99-99",
    "bytes=-100, 0-99",
    "bytes=000005-0009, 5-9",
  })
  @Spec("HR-8")
  void oneRange(String field, String selected) {
    assertThat(select(field, 100)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({
    "items=0-5, all",
    "seconds=1-2, all",
    "none, all",
    "byte=0-5, all",
    "bytes =0-5, all",
    "Bytes=0-5, 0-5",
    "BYTES=0-5, 0-5",
    "bYtEs=-5, 95-99",
  })
  @Spec("HR-2")
  void unitsAreKnownInAnyCaseOrIgnored(String field, String selected) {
    assertThat(select(field, 100)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=5-100, 5-99",
    "bytes=5-9223372036854775807, 5-99",
    "bytes=5-9223372036854775808, 5-99",
    "bytes=5-18446744073709551617, 5-99",
    "bytes=5-99999999999999999999999999999999999999999, 5-99",
    "bytes=99-18446744073709551615, 99-99",
    "bytes=9223372036854775806-9223372036854775807, none",
    "bytes=9223372036854775807-, none",
    "bytes=18446744073709551616-, none",
    "bytes=18446744073709551616-18446744073709551626, none",
  })
  @Spec("HR-3")
  void aPositionMayHaveAnyNumberOfDigits(String field, String selected) {
    assertThat(select(field, 100)).isEqualTo(selected);
  }

  @Test
  @Spec("HR-3")
  void filesOfAnySizeHaveRanges() {
    long size = Long.MAX_VALUE;
    assertThat(select("bytes=9223372036854775806-", size))
        .isEqualTo("9223372036854775806-9223372036854775806");
    assertThat(select("bytes=-1", size)).isEqualTo("9223372036854775806-9223372036854775806");
    assertThat(select("bytes=0-" + TWENTY_DIGITS, size)).isEqualTo("0-9223372036854775806");
    assertThat(select("bytes=0-0,2-", size)).isEqualTo("0-0 2-9223372036854775806");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=-101, 0-99",
    "bytes=-99999999999999999999999, 0-99",
    "bytes=-0, none",
    "bytes=-000, none",
    "bytes=-00005, 95-99",
  })
  @Spec("HR-4")
  void suffixes(String field, String selected) {
    assertThat(select(field, 100)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({
    "'bytes=100-,0-4', 0-4",
    "'bytes=0-4,100-200', 0-4",
    "'bytes=200-300,-0,7-8,500-', 7-8",
    "'bytes=-0,-5', 95-99",
    "'bytes=100-,200-', none",
    "'bytes=-0,100-', none",
  })
  @Spec("HR-5")
  void aSetIsSatisfiableWhenAMemberIs(String field, String selected) {
    assertThat(select(field, 100)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({"bytes=100-, none", "bytes=100-200, none", "bytes=500-600, none"})
  @Spec("HR-6")
  void behindTheEndIsNothing(String field, String selected) {
    assertThat(select(field, 100)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', all",
    "bytes, all",
    "bytes=, all",
    "'bytes=,', all",
    "'bytes= , ,', all",
    "bytes=-, all",
    "bytes=a-b, all",
    "bytes=5, all",
    "bytes=5-4, all",
    "bytes=20000000000000000000-10000000000000000000, all",
    "bytes=100-99, all",
    "bytes=--5, all",
    "bytes=5--, all",
    "bytes=1-2-3, all",
    "bytes=+1-2, all",
    "bytes=1 - 2, all",
    "bytes=0x1-2, all",
    "bytes=1-2x, all",
    "bytes=1.0-2, all",
    "'bytes=0-4,x', all",
    "'bytes=0-4,9-5', all",
    "bytes=0-4;5-9, all",
    "'bytes=0-1, bytes=3-4', all",
    "bytes=\u0661-\u0662, all",
    "'bytes=0-4,', 0-4",
    "'bytes=,0-4', 0-4",
    "'bytes=,,0-1 ,, ,\t5-6 ,', 0-1 5-6",
    "bytes= 0-4, 0-4",
    "'bytes=0-1, 5-6', 0-1 5-6",
  })
  @Spec("HR-7")
  void whatIsMalformedIsIgnoredAndEmptyMembersAreTolerated(String field, String selected) {
    assertThat(select(field, 100)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({
    "'bytes=0-4,10-14', 0-4 10-14",
    "'bytes=10-14,0-4', 10-14 0-4",
    "'bytes=0-0,-1', 0-0 99-99",
    "'bytes=0-4,5-9', 0-9",
    "'bytes=5-9,0-4', 0-9",
    "'bytes=0-9,5-14', 0-14",
    "'bytes=0-99,5-6', 0-99",
    "'bytes=5-6,0-99', 0-99",
    "'bytes=0-4,6-9', 0-4 6-9",
    "'bytes=50-59,0-4,55-69', 50-69 0-4",
    "'bytes=55-69,0-4,50-59', 50-69 0-4",
    "'bytes=0-1,50-51,2-3', 0-3 50-51",
    "'bytes=0-1,4-5,2-3', 0-5",
    "'bytes=-10,90-', 90-99",
    "'bytes=0-,0-,0-', 0-99",
  })
  @Spec("HR-8")
  void whatOverlapsOrAdjoinsIsOnePart(String field, String selected) {
    assertThat(select(field, 100)).isEqualTo(selected);
  }

  @Test
  @Spec("HR-8")
  void thirtyOverlappingRangesAreOnePart() {
    String set = IntStream.range(0, 30).mapToObj(i -> i + "-").collect(Collectors.joining(","));
    assertThat(select("bytes=" + set, 1000)).isEqualTo("0-999");
  }

  @Test
  @Spec("HR-8")
  void partsHaveABound() {
    assertThat(select(disjoint(Ranges.MAX_PARTS), 100_000).split(" ")).hasSize(Ranges.MAX_PARTS);
    assertThat(select(disjoint(Ranges.MAX_PARTS + 1), 100_000)).isEqualTo(ALL);
    assertThat(select(disjoint(8000), 100_000)).isEqualTo(ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, none",
    "bytes=0-0, none",
    "bytes=5-, none",
    "bytes=-0, none",
    "bytes=-5, all",
    "bytes=-1, all",
    "'bytes=0-,-5', all",
    "bytes=x, all",
  })
  @Spec("HR-9")
  void anEmptyFileHasNoParts(String field, String selected) {
    assertThat(select(field, 0)).isEqualTo(selected);
  }

  /// Every byte that is asked for is sent, no other, none twice.
  @Test
  @Spec("HR-8")
  void partsAreExactlyTheBytesAskedFor() {
    Random random = new Random(42);
    for (int round = 0; round < 2000; round++) {
      int size = 1 + random.nextInt(40);
      boolean[] asked = new boolean[size];
      StringBuilder set = new StringBuilder("bytes=");
      for (int i = 0; i <= random.nextInt(8); i++) {
        int first = random.nextInt(size + 5);
        int last = first + random.nextInt(10);
        set.append(first).append('-').append(last).append(',');
        for (int at = first; at <= Math.min(last, size - 1); at++) {
          asked[at] = true;
        }
      }
      assertThat(bytesOf(Ranges.select(set.toString(), size), size))
          .as(set.toString())
          .isEqualTo(asked);
    }
  }

  private static boolean[] bytesOf(Ranges.Selection selection, int size) {
    boolean[] sent = new boolean[size];
    if (selection instanceof Ranges.Parts(List<Piece.FilePart> parts)) {
      for (Piece.FilePart part : parts) {
        for (long at = part.position(); at < part.position() + part.length(); at++) {
          assertThat(sent[(int) at]).isFalse();
          sent[(int) at] = true;
        }
      }
    }
    return sent;
  }

  private static String disjoint(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> 3 * i + "-" + 3 * i)
        .collect(Collectors.joining(",", "bytes=", ""));
  }

  private static String select(String field, long size) {
    return switch (Ranges.select(field, size)) {
      case Ranges.Everything() -> ALL;
      case Ranges.Nothing() -> NONE;
      case Ranges.Parts(List<Piece.FilePart> parts) ->
          parts.stream()
              .map(part -> part.position() + "-" + (part.position() + part.length() - 1))
              .collect(Collectors.joining(" "));
    };
  }
}
