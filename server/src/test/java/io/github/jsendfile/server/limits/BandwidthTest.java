package io.github.jsendfile.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.RateLimit;
import io.github.jsendfile.testkit.Spec;
import java.util.List;
import org.junit.jupiter.api.Test;

@Spec({"FT-42", "HT-61"})
class BandwidthTest {
  @Test
  void givesTransfersWhatTheyShareAndWhatIsTheirs() {
    Bandwidth bandwidth = Bandwidth.builder().total(1000).perUser(100).perTransfer(10).build();
    List<RateLimit> first = bandwidth.forTransfer("anna");
    List<RateLimit> second = bandwidth.forTransfer("anna");
    List<RateLimit> others = bandwidth.forTransfer("bert");
    assertThat(first).extracting(RateLimit::bytesPerSecond).containsExactly(1000L, 100L, 10L);
    assertThat(second.subList(0, 2)).isEqualTo(first.subList(0, 2));
    assertThat(second.get(2)).isNotSameAs(first.get(2));
    assertThat(others.get(0)).isSameAs(first.get(0));
    assertThat(others.get(1)).isNotSameAs(first.get(1));
  }

  @Test
  void givesNothingWithoutLimits() {
    assertThat(Bandwidth.unlimited().forTransfer("anna")).isEmpty();
    assertThat(Bandwidth.builder().build().forTransfer("anna")).isEmpty();
    assertThat(Bandwidth.builder().perUser(5).build().forTransfer("anna")).hasSize(1);
  }

  @Test
  void refusesRatesOutOfBounds() {
    assertThatThrownBy(() -> Bandwidth.builder().total(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("total is 0; it must be 1 or more");
  }
}
