package io.github.jsendfile.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CongestionControlTest {
  @TempDir Path folder;

  @Test
  void isTheKernelsDefaultForARunAndWhatItWasAfterwards() throws IOException {
    Path setting = Files.writeString(folder.resolve("tcp_congestion_control"), "bbr\n");

    CongestionControl tcp = new CongestionControl(setting);

    assertThat(tcp.name()).isEqualTo("cubic");
    tcp.putBack();
    assertThat(setting).hasContent("bbr");
  }

  @Test
  void whereItCannotBeChangedItIsNamedAsItIs() {
    CongestionControl tcp = new CongestionControl(folder.resolve("missing/setting"));

    assertThat(tcp.name()).isEqualTo("unknown");
    tcp.putBack();
    assertThat(folder).isEmptyDirectory();
  }
}
