package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.endpoint.Patience;
import io.github.jsendfile.testkit.Spec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Waiting for a virtual thread to run, in a time of our own.
@Spec("SF-52")
class PatienceTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final Patience patience = new Patience();
  private Duration waited;

  /// Whether it is enough where the end comes after a time and each nap is so much longer.
  private boolean suffices(Duration end, Duration late) throws InterruptedException {
    waited = Duration.ZERO;
    return patience.suffices(
        nap -> {
          waited = waited.plus(nap).plus(late);
          return waited.compareTo(end) >= 0;
        });
  }

  @Test
  void aBusyMachineIsNotTakenForOneWhoseCarriersAreHeld() throws InterruptedException {
    assertThat(suffices(Duration.ofSeconds(1), Duration.ZERO)).isTrue();
    assertThat(suffices(Duration.ofSeconds(10), Duration.ofMillis(90))).isTrue();
  }

  @Test
  void whoHoldsAllCarriersMakesOneWaitLongAndNotAll() throws InterruptedException {
    assertThat(suffices(NEVER, Duration.ZERO)).isFalse();
    assertThat(waited).isEqualTo(Duration.ofSeconds(2));
    assertThat(suffices(NEVER, Duration.ZERO)).isFalse();
    assertThat(waited).isEqualTo(Duration.ofMillis(200));
    assertThat(suffices(Duration.ofMillis(50), Duration.ZERO)).isTrue();
    assertThat(suffices(Duration.ofSeconds(1), Duration.ZERO)).as("released again").isTrue();
  }
}
