package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// 1,024 bytes a second over a minute: 61,440 in each window.
@Spec("SF-53")
class LeastRateTest {
  private final LeastRate rate = new LeastRate(1024, Duration.ofMinutes(1));

  private boolean isMissedAt(int second, long taken) {
    return rate.isMissed(Duration.ofSeconds(second).toNanos(), taken);
  }

  @Test
  void aByteNowAndThenIsTooLittleOnceTheWindowIsOver() {
    assertThat(isMissedAt(1, 500_000)).isFalse(); // what is before the first look does not count
    assertThat(isMissedAt(31, 500_006)).isFalse();
    assertThat(isMissedAt(60, 500_012)).isFalse();
    assertThat(isMissedAt(61, 561_439)).isTrue();
  }

  @Test
  void aPeerThatPausesAndThenReadsGoesOn() {
    assertThat(isMissedAt(0, 0)).isFalse();
    assertThat(isMissedAt(59, 0)).isFalse();
    assertThat(isMissedAt(60, 61_440)).isFalse();
    assertThat(isMissedAt(119, 61_440)).isFalse();
    assertThat(isMissedAt(121, 131_072)).isFalse();
  }

  @Test
  void aFastBeginningIsNoCreditForLater() {
    assertThat(isMissedAt(0, 0)).isFalse();
    assertThat(isMissedAt(60, 1L << 40)).isFalse();
    assertThat(isMissedAt(120, (1L << 40) + 61_439)).isTrue();
  }

  @Test
  void aRateBeyondAllBoundsIsNoOverflow() {
    LeastRate most = new LeastRate(Long.MAX_VALUE, Duration.ofDays(3650));
    assertThat(most.isMissed(0, 0)).isFalse();
    assertThat(most.isMissed(Duration.ofDays(3650).toNanos(), Long.MAX_VALUE - 1)).isTrue();
  }
}
