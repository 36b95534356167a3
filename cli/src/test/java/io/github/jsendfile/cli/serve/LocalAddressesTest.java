package io.github.jsendfile.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

@Spec("HT-46")
class LocalAddressesTest {
  private static InetAddress address(int... bytes) throws UnknownHostException {
    byte[] address = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      address[i] = (byte) bytes[i];
    }
    return InetAddress.getByAddress(address);
  }

  @Test
  void showsTheAddressAsked() throws UnknownHostException {
    assertThat(LocalAddresses.urls("http", new InetSocketAddress(address(127, 0, 0, 1), 80)))
        .containsExactly("http://127.0.0.1:80/");
    assertThat(
            LocalAddresses.urls(
                "http",
                new InetSocketAddress(
                    address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 8080)))
        .containsExactly("http://[::1]:8080/");
  }

  @Test
  void namesTheProtocol() throws UnknownHostException {
    assertThat(LocalAddresses.urls("ftp", new InetSocketAddress(address(127, 0, 0, 1), 21)))
        .containsExactly("ftp://127.0.0.1:21/");
  }

  @Test
  void showsThisMachineFirst() {
    assertThat(LocalAddresses.urls("http", new InetSocketAddress(8080)))
        .startsWith("http://localhost:8080/")
        .allMatch(url -> url.startsWith("http://") && url.endsWith(":8080/"));
  }

  @Test
  void knowsWhoIsElsewhere() {
    assertThat(LocalAddresses.isForOthers("http://localhost:1/")).isFalse();
    assertThat(LocalAddresses.isForOthers("http://[::1]:1/")).isFalse();
    assertThat(LocalAddresses.isForOthers("http://192.0.2.7:1/")).isTrue();
  }

  @Test
  void drawsSquares() {
    QrImage image = QrImage.of("http://192.0.2.7:8080/");
    assertThat(image.render()).hasLineCount((image.width() + 1) / 2);
    assertThat(image.render().lines())
        .allSatisfy(
            line ->
                assertThat(line.replaceAll("\u001b\\[[0-9;]*m", "")).hasSize(2 + image.width()));
  }
}
