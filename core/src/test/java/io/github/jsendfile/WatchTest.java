package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What is asked of the kernel while a transfer waits, by a clock of our own.
class WatchTest {
  private static final Duration LIMIT = Duration.ofSeconds(100);

  private final AtomicLong taken = new AtomicLong(1000);
  private final AtomicInteger questions = new AtomicInteger();
  private final Watch watch = new Watch(LIMIT, null, 0, () -> {}, this::ask, null);

  private long ask() {
    questions.incrementAndGet();
    return taken.get();
  }

  private void checkEverySecond(int from, int to) {
    for (int second = from; second < to; second++) {
      watch.check(Duration.ofSeconds(second).toNanos());
    }
  }

  @Test
  @Spec("SF-50")
  void theKernelIsAskedFourTimesWithinTheLimitHoweverOftenTheWatchdogPasses() {
    watch.waitBegins(0);
    checkEverySecond(1, 100);
    assertThat(questions).hasValue(3);
    assertThat(watch.state()).isEqualTo(Watch.State.RUNNING);
    checkEverySecond(100, 101);
    assertThat(questions).hasValue(4);
    assertThat(watch.state()).isEqualTo(Watch.State.STALLED);
  }

  @Test
  @Spec("SF-53a")
  void aPeerThatTookSomethingBetweenTwoLooksHasNotStalled() {
    watch.waitBegins(0);
    checkEverySecond(1, 90);
    taken.set(1001);
    checkEverySecond(90, 199); // seen at 100 s
    assertThat(watch.state()).isEqualTo(Watch.State.RUNNING);
    checkEverySecond(199, 201);
    assertThat(watch.state()).isEqualTo(Watch.State.STALLED);
  }

  @Test
  @Spec("SF-50")
  void looksOfManyThatBeganOneAfterTheOtherAreMadeTogether() {
    long look = LIMIT.toNanos() / 4;
    Watch later = new Watch(LIMIT, null, look / 16, () -> {}, this::ask, null);
    watch.waitBegins(0);
    later.waitBegins(look / 16);
    long pass = watch.nanosLeft(0);
    assertThat(pass).isBetween(look, look + look / 8);
    watch.check(pass);
    later.check(pass);
    assertThat(questions).hasValue(2);
    assertThat(later.nanosLeft(pass)).isEqualTo(watch.nanosLeft(pass)).isEqualTo(pass);
  }

  @Test
  @Spec("SF-54")
  void withoutLimitsNothingIsEverDue() {
    Watch unlimited = new Watch(null, null, 0, () -> {}, this::ask, null);
    unlimited.waitBegins(0);
    assertThat(unlimited.nanosLeft(LIMIT.toNanos())).isEqualTo(Watch.NEVER_NANOS);
    unlimited.check(LIMIT.toNanos());
    assertThat(questions).hasValue(0);
  }
}
