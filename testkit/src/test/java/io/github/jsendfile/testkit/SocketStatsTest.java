package io.github.jsendfile.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SocketStatsTest {
  @Test
  void readsTheLineOfTcp() {
    List<String> lines =
        List.of(
            "sockets: used 121",
            "TCP: inuse 5 orphan 2 tw 1 alloc 7 mem 34",
            "UDP: inuse 0 mem 0",
            "FRAG: inuse 0 memory 0");
    assertThat(SocketStats.parse(lines)).isEqualTo(new SocketStats(5, 2, 34));
  }

  @Test
  void readsThisMachine() {
    assertThat(SocketStats.now().inUse()).isNotNegative();
  }
}
