package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Spec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  @Spec("SF-71")
  void placesInTheRowAreOneAfterTheOther() {
    RateLimit limit = RateLimit.bytesPerSecond(1000);
    assertThat(limit.reserve(500, 0)).isZero();
    assertThat(limit.reserve(500, 0)).isEqualTo(SECOND / 2);
    assertThat(limit.reserve(1, 0)).isEqualTo(SECOND);
  }

  @Test
  @Spec("SF-71")
  void anIdleHourIsNoCreditForABurst() {
    RateLimit limit = RateLimit.bytesPerSecond(1000);
    limit.reserve(1, 0);
    long later = 3600 * SECOND;
    assertThat(limit.reserve(1000, later)).isBetween(later - SECOND / 20, later);
    assertThat(limit.reserve(1, later)).isGreaterThanOrEqualTo(later + SECOND * 19 / 20);
  }

  @Test
  @Spec("SF-71")
  void whatWasNotSentIsThereForTheNext() {
    RateLimit limit = RateLimit.bytesPerSecond(1000);
    limit.reserve(500, 0);
    limit.giveBack(250);
    assertThat(limit.reserve(1, 0)).isEqualTo(SECOND / 4);
  }

  @Test
  @Spec("SF-71")
  void noPieceIsMoreThanASecondsWorth() {
    for (long rate : List.of(1L, 100L, 5000L, 1_000_000L, 10_000_000_000L)) {
      assertThat(RateLimit.bytesPerSecond(rate).pieceBytes()).isBetween(1L, rate);
    }
    assertThatThrownBy(() -> RateLimit.bytesPerSecond(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytesPerSecond is 0");
  }

  @Test
  @Spec("SF-71")
  void transfersThatShareALimitShareItsRate() {
    RateLimit shared = RateLimit.bytesPerSecond(10_000);
    List<Pace> paces = List.of(new Pace(List.of(shared)), new Pace(List.of(shared)));
    long[] sent = new long[2];
    for (long now = 0; now < 10 * SECOND; now += SECOND / 1000) {
      for (int i = 0; i < 2; i++) {
        long permitted = paces.get(i).permits(now);
        paces.get(i).sent(permitted);
        sent[i] += permitted;
      }
    }
    assertThat(sent[0] + sent[1]).isBetween(98_000L, 110_000L);
    assertThat(sent[0]).isBetween(sent[1] - 5000, sent[1] + 5000);
  }

  @Test
  @Spec("SF-71")
  void theSlowestOfSeveralLimitsDecidesAndWhatIsLeftGoesBack() {
    RateLimit user = RateLimit.bytesPerSecond(1000);
    RateLimit total = RateLimit.bytesPerSecond(1_000_000);
    Pace pace = new Pace(List.of(user, total));
    assertThat(pace.permits(0)).isEqualTo(1000);
    pace.sent(400);
    pace.end();
    assertThat(user.reserve(1, 0)).isEqualTo(SECOND * 4 / 10);
  }
}
