package io.github.jsendfile.ftp.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.net.InetAddress;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class PassivePortsTest {
  @Test
  @Spec("FT-25")
  void anyPortIsOneOfTheDynamicOnes() throws Exception {
    PassivePorts ports = PassivePorts.any();

    try (ServerSocketChannel channel = ports.listen(InetAddress.getLoopbackAddress())) {
      assertThat(channel.socket().getLocalPort()).isBetween(49152, 65535);
      assertThat(ports.left()).isEqualTo(-1);
    }
  }
}
