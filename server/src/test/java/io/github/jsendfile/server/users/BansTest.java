package io.github.jsendfile.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Spec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@Spec("FT-41")
class BansTest {
  private static final InetAddress GUESSER = address("192.0.2.1");
  private static final InetAddress OTHER = address("192.0.2.2");

  private final AtomicLong clock = new AtomicLong();
  private final Bans bans = new Bans(5, Duration.ofMinutes(10), clock::get);

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  private void fail(InetAddress client, int times) {
    for (int i = 0; i < times; i++) {
      bans.failed(client);
    }
  }

  @Test
  void bansAfterSoManyFailuresForATime() {
    fail(GUESSER, 4);
    assertThat(bans.isBanned(GUESSER)).isFalse();
    fail(GUESSER, 1);
    assertThat(bans.isBanned(GUESSER)).isTrue();
    assertThat(bans.isBanned(OTHER)).isFalse();
    clock.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
    assertThat(bans.isBanned(GUESSER)).isTrue();
    clock.addAndGet(1);
    assertThat(bans.isBanned(GUESSER)).isFalse();
  }

  @Test
  void answersLaterEachTime() {
    assertThat(bans.failed(GUESSER)).isEqualTo(Duration.ofMillis(500));
    assertThat(bans.failed(GUESSER)).isEqualTo(Duration.ofSeconds(1));
    assertThat(bans.failed(GUESSER)).isEqualTo(Duration.ofSeconds(2));
    assertThat(bans.failed(OTHER)).isEqualTo(Duration.ofMillis(500));
    fail(GUESSER, 100);
    assertThat(bans.failed(GUESSER)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void forgetsWhoSucceedsButNotWhoIsBanned() {
    fail(GUESSER, 4);
    bans.succeeded(GUESSER);
    fail(GUESSER, 4);
    assertThat(bans.isBanned(GUESSER)).isFalse();
    fail(GUESSER, 1);
    bans.succeeded(GUESSER);
    assertThat(bans.isBanned(GUESSER)).isTrue();
  }

  @Test
  void anIpv6NetworkIsOneGuesser() {
    for (int i = 1; i <= 5; i++) {
      bans.failed(address("2001:db8:1:2::" + i));
    }
    assertThat(bans.isBanned(address("2001:db8:1:2:ffff::1"))).isTrue();
    assertThat(bans.isBanned(address("2001:db8:1:3::1"))).isFalse();
  }

  @Test
  void aFailureCountsForItsTimeOnly() {
    fail(GUESSER, 4);
    clock.addAndGet(Duration.ofMinutes(10).toNanos());
    fail(GUESSER, 4);
    assertThat(bans.isBanned(GUESSER)).isFalse();
  }

  @Test
  void refusesToBanEverybody() {
    assertThatThrownBy(() -> Bans.after(0, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("failures is 0; it must be 1 or more");
  }
}
