package io.github.jsendfile.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Spec({"HT-60", "FT-44"})
@ExtendWith(LeakCheck.class)
@Timeout(30)
class DeadlinesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private final AtomicInteger passed = new AtomicInteger();

  private void advance(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private void awaitPassed(int times) {
    Eventually.holds(PATIENCE, () -> passed.get() == times, () -> passed + " passed");
  }

  @Test
  void runsTheActionWhenItPassesAndOnlyOnce() {
    try (Deadlines deadlines = Deadlines.start(clock::get)) {
      Deadline deadline = deadlines.register(passed::incrementAndGet);
      Deadline later = deadlines.register(passed::incrementAndGet);
      assertThat(deadline.set(Duration.ofSeconds(30))).isTrue();
      assertThat(later.set(Duration.ofSeconds(31))).isTrue();
      advance(Duration.ofSeconds(30));
      awaitPassed(1);
      assertThat(deadline.hasPassed()).isTrue();
      assertThat(deadline.set(Duration.ofSeconds(1))).isFalse();
      assertThat(deadline.clear()).isFalse();
      assertThat(later.hasPassed()).isFalse();
      advance(Duration.ofSeconds(1));
      awaitPassed(2);
      assertThat(deadlines.size()).isZero();
    }
  }

  @Test
  void passesNeverWhenClearedPutOffOrClosed() throws InterruptedException {
    try (Deadlines deadlines = Deadlines.start(clock::get)) {
      Deadline cleared = deadlines.register(passed::incrementAndGet);
      Deadline putOff = deadlines.register(passed::incrementAndGet);
      Deadline closed = deadlines.register(passed::incrementAndGet);
      Deadline forEver = deadlines.register(passed::incrementAndGet);
      CountDownLatch looked = new CountDownLatch(1);
      Deadline witness = deadlines.register(looked::countDown);
      for (Deadline each : new Deadline[] {cleared, putOff, closed, witness}) {
        each.set(Duration.ofSeconds(1));
      }
      forEver.set(Long.MAX_VALUE);
      assertThat(cleared.clear()).isTrue();
      putOff.set(Duration.ofMinutes(1));
      closed.close();
      advance(Duration.ofSeconds(2));
      assertThat(looked.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(passed).hasValue(0);
      assertThat(deadlines.size()).isEqualTo(3);
    }
  }

  @Test
  void goesOnAfterAnActionThatFailsOrWaits() {
    CountDownLatch never = new CountDownLatch(1);
    try (Deadlines deadlines = Deadlines.start(clock::get)) {
      deadlines
          .register(
              () -> {
                throw new IllegalStateException("an action that fails");
              })
          .set(0);
      deadlines.register(() -> awaitQuietly(never)).set(0);
      Deadline other = deadlines.register(passed::incrementAndGet);
      other.set(1);
      advance(Duration.ofSeconds(1));
      awaitPassed(1);
    } finally {
      never.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void wakesUpForTheFirstDeadlineAfterAnIdleTime() {
    try (Deadlines deadlines = Deadlines.start()) {
      for (int i = 1; i <= 3; i++) {
        Thread keeper = threadOf("deadlines");
        Eventually.holds(
            PATIENCE,
            () -> keeper.getState() == Thread.State.WAITING,
            () -> keeper.getState().toString());
        deadlines.register(passed::incrementAndGet).set(Duration.ofMillis(1));
        awaitPassed(i);
      }
    }
  }

  private static Thread threadOf(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void exactlyOneOfActionAndClearWins() {
    try (Deadlines deadlines = Deadlines.start(clock::get)) {
      int rounds = 10_000;
      int cleared = 0;
      Deadline[] racing = new Deadline[rounds];
      for (int i = 0; i < rounds; i++) {
        racing[i] = deadlines.register(passed::incrementAndGet);
        racing[i].set(1);
      }
      advance(Duration.ofSeconds(1));
      for (int i = rounds - 1; !racing[0].hasPassed() && i >= 0; i--) {
        cleared += racing[i].clear() ? 1 : 0;
      }
      int expected = rounds - cleared;
      Eventually.holds(PATIENCE, () -> passed.get() == expected, () -> passed + "/" + expected);
    }
  }
}
