package io.github.jsendfile.cli.argument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:9000, localhost, 9000",
    "127.0.0.1:1, 127.0.0.1, 1",
    "host.example:65535, host.example, 65535",
    "[::1]:9000, ::1, 9000",
    "[fe80::1%eth0]:80, fe80::1%eth0, 80",
    "[::ffff:192.0.2.1]:80, ::ffff:192.0.2.1, 80",
  })
  void readsPeers(String text, String host, int port) {
    assertThat(Address.parsePeer(text)).isEqualTo(new Address.Tcp(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "9000, 127.0.0.1, 9000",
    "0, 127.0.0.1, 0",
    "0.0.0.0:0, 0.0.0.0, 0",
    "[::]:9000, ::, 9000",
    "*:9000, *, 9000",
  })
  void readsListeners(String text, String host, int port) {
    assertThat(Address.parseListener(text)).isEqualTo(new Address.Tcp(host, port));
  }

  @Test
  void readsUnixSockets() {
    Address expected = new Address.Unix(Path.of("/run/a b:c.sock"));
    assertThat(Address.parsePeer("unix:/run/a b:c.sock")).isEqualTo(expected);
    assertThat(Address.parseListener("unix:/run/a b:c.sock")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "9000",
        ":9000",
        "host:",
        "host:http",
        "host:0",
        "host:65536",
        "host:-1",
        "host:99999999999",
        "::1:9000",
        "[::1]",
        "[::1]9000",
        "[::1]:",
        "[nonsense]:80",
        "a b:80",
        "http://host:80",
        "host:80/path",
        "unix:",
      })
  void refusesPeers(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Address.parsePeer(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "host", "host:65536", ":9000"})
  void refusesListeners(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Address.parseListener(text));
  }

  @Test
  void saysHowToWriteAnIpv6Address() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.parsePeer("::1:9000"))
        .withMessageContaining("[::1]:9000");
  }
}
